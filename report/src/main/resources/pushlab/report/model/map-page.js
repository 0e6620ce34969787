// The map on the page: the choice of a measure, the drawing by Vega-Lite, and the same data as a table.
import { NEARLY_ALL } from '#model/calculator.js';
import { element } from '#model/element.js';
import { ACROSS, MEASURES, WEIGHED, breakEven, fields, frames } from '#model/map.js';

// The look of a field in which several are tied, and of one in which none is in time.
const TIED = { color: '#8c8c8c', shape: 'cross' };
const NOBODY = { color: '#ffffff00', shape: 'stroke' };
const byId = (id) => document.getElementById(id);

let shown;
let wanted = null;
let drawing = false;

/** Adds the inputs for measure, axis and weights; `changed` is called after each change. */
export function offerChoice(texts, changed) {
  byId('choice').append(...choices(texts));
  byId('choice').addEventListener('input', changed);
  byId('choice').addEventListener('submit', (event) => event.preventDefault());
}

function choices(texts) {
  const select = (name, options) =>
    element(
      'label',
      {},
      texts[name],
      element('select', { name }, ...options.map((value) => new Option(texts[value], value))),
    );
  const weight = (name) =>
    element('label', {}, texts[name], element('input', { type: 'range', name, min: 0, max: 10 }));
  return [
    select('measure', MEASURES),
    select('across', ACROSS),
    element(
      'fieldset',
      { id: 'weights', hidden: true },
      element('legend', { textContent: texts.weights }),
      ...WEIGHED.map(weight),
    ),
  ];
}

export function putChoice({ measure, across, weights }) {
  const { elements } = byId('choice');
  for (const [name, value] of Object.entries({ measure, across, ...weights })) {
    elements[name].value = value;
  }
}

export function readChoice() {
  const { elements } = byId('choice');
  return {
    measure: elements.measure.value,
    across: elements.across.value,
    weights: Object.fromEntries(WEIGHED.map((name) => [name, elements[name].valueAsNumber])),
  };
}

/** Draws the map and its table. */
export function drawMap(view) {
  shown = view;
  const { model, settings, choice } = view;
  byId('weights').hidden = choice.measure !== 'weighted';
  const data = fields(model, settings, choice).map(worded);
  table(data, choice);
  wanted = filled(data, breakEven(model, settings, choice), frames(model, choice.across), choice);
  drawWanted();
}

function worded(field) {
  const { texts, words } = shown;
  const names = field.tied.map((it) => texts.transports[it]);
  const seen = field.seen < NEARLY_ALL ? ` (${words.say('seen', { share: words.percent(field.seen) })})` : '';
  const winner = field.best === null ? texts.nobody : names.length === 1 ? names[0] : texts.tied;
  return {
    ...field,
    winner,
    tooltip: names.join(', ') + seen,
    range: field.outside ? texts.beyond : texts.inside,
  };
}

function filled(data, lines, measured, choice) {
  const { texts, words, mapSpec, transports } = shown;
  const spec = structuredClone(mapSpec);
  const looks = [
    ...transports.map((it) => ({ ...it, name: texts.transports[it.id] })),
    { ...TIED, name: texts.tied },
    { ...NOBODY, name: texts.nobody },
  ].filter(({ name }) => data.some((it) => it.winner === name));
  const domain = looks.map((it) => it.name);
  const [areas, points] = spec.layer;
  const [colours] = areas.layer;
  Object.assign(colours.encoding.color.scale, { domain, range: looks.map((it) => it.color) });
  Object.assign(points.encoding.shape.scale, { domain, range: looks.map((it) => it.shape) });
  const titles = ['winner', 'tied', choice.across, 'updatesPerSecond', 'range'];
  areas.encoding.tooltip.forEach((it, i) => {
    it.title = i === 0 ? texts.measure : texts[titles[i]];
  });
  spec.encoding.x.title = texts[choice.across];
  spec.encoding.y.title = texts.updatesPerSecond;
  const x = [data[0].x, data.at(-1).x2];
  const y = [data[0].y, data.at(-1).y2];
  spec.encoding.x.scale.domain = x;
  spec.encoding.y.scale.domain = y;
  spec.datasets = {
    fields: data,
    frame: measured.map((it) => clipped(it, x, y)),
    lines: lines.flatMap(({ name, points: all }) =>
      all.map((at) => ({ ...at, name, label: wrapped(texts.lines[name]) })),
    ),
  };
  spec.description = words.say('mapTitle', { measure: texts[choice.measure], across: texts[choice.across] });
  return spec;
}

// A legend does not wrap its lines.
function wrapped(label) {
  return label
    .match(/.{1,36}(?!\S)\s*/gu)
    .map((line) => line.trim())
    .join('\n');
}

function clipped(box, [left, right], [bottom, top]) {
  return {
    x: Math.max(left, box.x),
    x2: Math.min(right, box.x2),
    y: Math.max(bottom, box.y),
    y2: Math.min(top, box.y2),
  };
}

// One drawing at a time; of the requests that arrive meanwhile, only the last one is drawn.
async function drawWanted() {
  if (drawing) return;
  drawing = true;
  while (wanted !== null) {
    const spec = wanted;
    wanted = null;
    await embed(spec);
  }
  drawing = false;
}

async function embed(spec) {
  const place = byId('drawn-map');
  const config = JSON.parse(byId('vega-config').textContent);
  config.legend.columns = innerWidth < 640 ? 1 : 3;
  try {
    await vegaEmbed(place, spec, { config, renderer: 'svg', actions: false });
  } catch (error) {
    place.textContent = shown.texts.failed;
    console.error(error);
  }
  byId('map-legend').textContent = spec.description;
}

function table(data, choice) {
  const { texts, words } = shown;
  const columns = [...new Set(data.map((it) => it.xMiddle))];
  const rows = [...new Set(data.map((it) => it.yMiddle))].reverse();
  const head = (textContent, scope) => element('th', { scope, textContent });
  const cell = (x, y) => {
    const field = data.find((it) => it.xMiddle === x && it.yMiddle === y);
    const who = field.tied.length > 1 ? `≈ ${field.tooltip}` : field.tooltip || field.winner;
    return element('td', { className: field.outside ? 'outside' : '', textContent: field.outside ? `(${who})` : who });
  };
  byId('map-table').replaceChildren(
    element(
      'thead',
      {},
      element(
        'tr',
        {},
        head(`${texts.updatesPerSecond} \\ ${texts[choice.across]}`, 'col'),
        ...columns.map((x) => head(words.number(x), 'col')),
      ),
    ),
    element(
      'tbody',
      {},
      ...rows.map((y) => element('tr', {}, head(words.number(y), 'row'), ...columns.map((x) => cell(x, y)))),
    ),
  );
}
