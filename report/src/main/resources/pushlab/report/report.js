// Draws each figure from its spec.
const config = JSON.parse(document.getElementById('vega-config').textContent);
config.legend.columns = innerWidth < 640 ? 1 : 4;
if (innerWidth < 640) config.title.fontSize = 12;
const french = document.documentElement.lang === 'fr';
const words = JSON.parse(document.getElementById('words').textContent);
const WORDED = new Set(['title', 'domain', 'options', 'value', 'name', 'description', 'values']);
const NUMBER = /^-?[\d.,]+( \S+)?$/;

// A spec in French. Only texts that a reader sees are translated, not field names or expressions.
function translated(node, key, data = false) {
  if (typeof node === 'string') {
    const said = data || WORDED.has(key) ? words[node] : undefined;
    const number = data && NUMBER.test(node);
    return said ?? (number ? node.replaceAll(',', '\u202f').replace('.', ',').replace(/B$/, words.B) : node);
  }
  if (Array.isArray(node)) return node.map((item) => translated(item, key, data));
  if (node === null || typeof node !== 'object') return node;
  return Object.fromEntries(
    Object.entries(node).map(([name, value]) => [name, translated(value, name, data || key === 'data')]),
  );
}

const options = {
  config,
  renderer: 'svg',
  actions: { export: { svg: true, png: true }, source: false, compiled: false, editor: false },
  i18n: french
    ? {
        SVG_ACTION: words['Save as SVG'],
        PNG_ACTION: words['Save as PNG'],
        CLICK_TO_VIEW_ACTIONS: 'Enregistrer la figure',
      }
    : { SVG_ACTION: 'Save as SVG', PNG_ACTION: 'Save as PNG', CLICK_TO_VIEW_ACTIONS: 'Save the figure' },
  scaleFactor: { png: 3 },
};
if (french) {
  options.formatLocale = { decimal: ',', thousands: '\u202f', grouping: [3], currency: ['', '\u00a0€'] };
}

const NARROW = 640;
const SPACING = 24;
const MARGIN = 56;
const LINE = 42;
const AXIS = 96;

// Views side by side share the width of their place, and only the first one names its lines. On a narrow screen
// they stand one below the other, and each line has its name and its value above it. Views of a facet stand one below
// the other on every screen.
function fitted(spec, width) {
  if (spec.facet) return { ...spec, spec: { ...spec.spec, width: width - AXIS } };
  if (!spec.concat) return spec;
  const stacked = width < NARROW;
  const names = spec.concat[0].encoding.y.axis;
  const room = width - names.minExtent - MARGIN - SPACING * (spec.concat.length - 1);
  const sum = spec.concat.reduce((all, view) => all + view.width, 0);
  const concat = spec.concat.map((view, i) =>
    stacked ? lined(view, width - SPACING) : axed(view, Math.floor((room * view.width) / sum), i === 0 ? names : null),
  );
  return { ...spec, concat, columns: stacked ? 1 : concat.length, spacing: SPACING };
}

function axed(view, width, axis) {
  return { ...view, width, encoding: { ...view.encoding, y: { ...view.encoding.y, axis } } };
}

function lined(view, width) {
  const { mark, encoding } = view.layer.at(-1);
  const line = {
    mark: { ...mark, dx: 0, dy: -0.4 * LINE },
    encoding: { ...encoding, x: { value: 0 }, text: { field: `${view.name}Line` } },
  };
  return { ...axed(view, width, null), height: { step: LINE }, layer: [...view.layer.slice(0, -1), line] };
}

async function draw(figure) {
  const place = figure.querySelector('.drawing');
  const english = JSON.parse(document.getElementById(`spec-${figure.id}`).textContent);
  const spec = fitted(french ? translated(english) : english, place.clientWidth);
  const bind = figure.querySelector('.choice');
  bind?.replaceChildren();
  try {
    await vegaEmbed(place, spec, { ...options, bind: bind ?? undefined, downloadFileName: figure.id });
    place.querySelector('summary').ariaLabel = options.i18n.CLICK_TO_VIEW_ACTIONS;
    // Vega gives the views of a facet a role, but no name.
    for (const view of place.querySelectorAll('[role="graphics-symbol"]:not([aria-label])')) {
      view.ariaLabel = spec.description;
    }
  } catch (error) {
    place.textContent = place.dataset.failed;
    console.error(error);
  }
}

// On a narrow screen the calculator, the map and the figures below the first one are folded. Vega draws nothing
// where there is no width: a figure is drawn when it is opened, and the map fits itself into the width that it gets.
for (const figure of document.querySelectorAll('figure.drawn')) {
  const folded = figure.querySelector('details.fold');
  if (folded === null || innerWidth >= NARROW) {
    draw(figure);
  } else {
    folded.open = false;
    folded.addEventListener('toggle', () => draw(figure), { once: true });
  }
}

if (innerWidth < NARROW) {
  for (const folded of document.querySelectorAll('section > details.fold')) {
    folded.open = false;
    folded.addEventListener('toggle', () => dispatchEvent(new Event('resize')), { once: true });
  }
}

// Several views do not follow the width of the window by themselves.
let width = innerWidth;
addEventListener('resize', () => {
  if (innerWidth !== width) {
    width = innerWidth;
    document.querySelectorAll('figure.first, #herd-arrivals').forEach(draw);
  }
});
