// Draws each figure from its spec.
const config = JSON.parse(document.getElementById('vega-config').textContent);
config.legend.columns = innerWidth < 640 ? 1 : 4;
const french = document.documentElement.lang === 'fr';
const words = JSON.parse(document.getElementById('words').textContent);
const WORDED = new Set(['title', 'domain', 'options', 'value', 'name', 'description', 'values']);
const NUMBER = /^-?[\d.,]+( \S+)?$/;

// A spec in French. Only texts that a reader sees are translated, not field names or expressions.
function translated(node, key, data = false) {
  if (typeof node === 'string') {
    const said = data || WORDED.has(key) ? words[node] : undefined;
    const number = data && NUMBER.test(node);
    return said ?? (number ? node.replaceAll(',', '\u202f').replace('.', ',') : node);
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
  scaleFactor: { png: 2 },
};
if (french) {
  options.formatLocale = { decimal: ',', thousands: '\u202f', grouping: [3], currency: ['', '\u00a0€'] };
}

for (const figure of document.querySelectorAll('figure.drawn')) {
  const place = figure.querySelector('.drawing');
  const english = JSON.parse(document.getElementById(`spec-${figure.id}`).textContent);
  const spec = french ? translated(english) : english;
  vegaEmbed(place, spec, { ...options, downloadFileName: figure.id })
    .then(() => {
      place.querySelector('summary').ariaLabel = options.i18n.CLICK_TO_VIEW_ACTIONS;
    })
    .catch((error) => {
      place.textContent = place.dataset.failed;
      console.error(error);
    });
}
