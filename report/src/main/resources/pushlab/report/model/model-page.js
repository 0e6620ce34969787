// The calculator on the page: reads the settings, shows the costs, keeps the settings in the address.
import { advise } from '#model/advice.js';
import { calculate, least } from '#model/calculator.js';
import { element } from '#model/element.js';
import { calibrated, showFit } from '#model/fit-page.js';
import { drawMap, offerChoice, putChoice, readChoice } from '#model/map-page.js';
import { wording } from '#model/model-words.js';
import { PRICES, offerPrices, showPrices } from '#model/prices-page.js';
import { CHOICES, defaults, fromHash, highest, lowest, toHash, valid } from '#model/settings.js';

const { model, transports, texts: all, mapSpec } = JSON.parse(document.getElementById('model').textContent);
const language = document.documentElement.lang === 'fr' ? 'fr' : 'en';
const texts = all[language];
const words = wording(texts, language);
const byId = (id) => document.getElementById(id);

const WORKLOAD = [
  'clients',
  'tasks',
  'updatesPerSecond',
  'rateOf',
  'limitMillis',
  'roundTripMillis',
  'pollIntervalMillis',
  'payloadBytes',
  'tls',
  'stayMinutes',
  'matters',
];
const SHOWN = [
  'deliveryMedianMicros',
  'deliveryP99Micros',
  'stalenessMillis',
  'versionsSeen',
  'requestsPerSecond',
  'bytesOutPerMonth',
  'wireOutPerMonth',
  'bytesInPerMonth',
  'cores',
  'memoryKiB',
  'costPerMonth',
];
// By theory alone: nothing is marked as the lowest.
const THEORY = ['versionsSeen', 'wireOutPerMonth'];

function inputs() {
  const group = (legend, names) =>
    element('fieldset', {}, element('legend', { textContent: texts[legend] }), ...names.map(labelled));
  const reset = element('button', { type: 'button', textContent: texts.reset });
  reset.addEventListener('click', () => {
    put(defaults(model));
    reckon();
  });
  byId('settings').append(group('workload', WORKLOAD), reset);
  offerPrices(byId('prices'), texts, (name, label) => {
    const price = number(name);
    price.setAttribute('form', 'settings');
    price.setAttribute('aria-label', label);
    price.addEventListener('input', reckon);
    return price;
  });
  byId('settings').addEventListener('input', reckon);
  byId('settings').addEventListener('submit', (event) => event.preventDefault());
}

const labelled = (name) => element('label', {}, texts[name], name in CHOICES ? select(name) : number(name));

function number(name) {
  const limits = { min: lowest(name), max: highest(name) ?? '' };
  return element('input', { type: 'number', name, ...limits, step: 'any', required: true });
}

function select(name) {
  return element('select', { name }, ...CHOICES[name].map((value) => new Option(texts.choices[value], value)));
}

function put(settings) {
  for (const [name, value] of Object.entries(settings)) {
    byId('settings').elements[name].value = value;
  }
}

function read() {
  const { elements } = byId('settings');
  const set = [...WORKLOAD, ...PRICES].map((name) => [
    name,
    name in CHOICES ? elements[name].value : elements[name].valueAsNumber,
  ]);
  return valid(Object.fromEntries(set), model);
}

function reckon() {
  keep('calculator');
  showCosts();
  showMap();
}

function choose() {
  keep('map');
  showMap();
}

function keep(part) {
  const hash = toHash(part, read(), readChoice(), model);
  history.replaceState(null, '', hash || location.pathname + location.search);
}

function showCosts() {
  const rows = calculate(model, read());
  table(rows);
  remarks(rows);
  showPrices(byId('prices'), texts, words, rows);
  byId('advice').textContent = advice(rows);
}

function showMap() {
  drawMap({ model, transports, texts, words, mapSpec, settings: read(), choice: readChoice() });
}

function showAddressed() {
  const { settings, choice } = fromHash(location.hash, model);
  put(settings);
  putChoice(choice);
  showCosts();
  showMap();
}

// An address without a query is a link to a part of the page: the settings stay.
function follow() {
  const [part, query] = location.hash.slice(1).split('?');
  if (query !== undefined) {
    showAddressed();
    byId(part)?.scrollIntoView();
  }
}

function table(rows) {
  const heads = rows.map((row) => element('th', { scope: 'col', textContent: texts.transports[row.transport] }));
  byId('reckoned').replaceChildren(
    element('thead', {}, element('tr', {}, element('th', { scope: 'col', textContent: texts.quantity }), ...heads)),
    element('tbody', {}, ...SHOWN.map((quantity) => line(quantity, rows))),
  );
}

// The remarks, each with the transports to which it applies.
function remarks(rows) {
  const said = new Map();
  for (const row of rows) {
    for (const remark of [...outside(row), ...row.notes.map((note) => texts.notes[note])]) {
      said.set(remark, [...(said.get(remark) ?? []), texts.transports[row.transport]]);
    }
  }
  const missing = transports.map((it) => it.id).filter((id) => !rows.some((row) => row.transport === id));
  const lines = [...said].map(([remark, names]) => words.say('remark', { names: words.list(names), remark }));
  if (missing.length > 0) {
    lines.push(words.say('missing', { names: words.list(missing.map((it) => texts.transports[it])) }));
  }
  const [any] = rows;
  if (any) {
    const first = words.quantity('firstSnapshotMillis', any.values.firstSnapshotMillis.value);
    lines.push(words.say('firstSnapshot', { first }));
  }
  byId('remarks').replaceChildren(...lines.map((textContent) => element('li', { textContent })));
}

function outside(row) {
  const transport = model.transports.find((it) => it.transport === row.transport);
  return row.outside.map((axis) => {
    const { lowest, highest } = transport[axis];
    const ends = { lowest: words.number(lowest), highest: words.number(highest) };
    const range = ends.lowest === ends.highest ? ends.lowest : words.say('to', ends);
    return words.say('outside', { axis: words.say(`axes.${axis}`, { range }) });
  });
}

function line(quantity, rows) {
  const winner = THEORY.includes(quantity) ? null : least(rows, quantity);
  return element(
    'tr',
    {},
    element('th', { scope: 'row', textContent: texts[quantity] }),
    ...rows.map((row) => headed(entry(row, quantity, winner), texts.transports[row.transport])),
  );
}

// On a narrow screen, where the columns' heads are not shown, each cell shows its own.
function headed(cell, head) {
  cell.dataset.head = head;
  return cell;
}

function entry(row, quantity, winner) {
  const value = row.values[quantity];
  if (value.needs) {
    return element('td', {}, element('span', { className: 'quiet', textContent: texts.needs[value.needs] }));
  }
  const tied = winner?.tied.includes(row.transport);
  const alone = tied && winner.tied.length === 1;
  const cell = element('td', { className: alone ? 'best' : '' }, words.quantity(quantity, value.value));
  const bounds = words.bounds(quantity, value);
  if (bounds) cell.append(element('span', { className: 'range', textContent: bounds }));
  const mark = (textContent) => cell.append(element('span', { className: 'mark', textContent }));
  if (tied) mark(alone ? `★ ${texts.least}` : `≈ ${texts.tied}`);
  if (row.skips && (quantity === 'versionsSeen' || (tied && quantity === 'costPerMonth'))) mark(`✕ ${texts.skips}`);
  if (row.late && quantity === 'deliveryP99Micros') mark(`✕ ${texts.late}`);
  if (row.overload && quantity === 'cores')
    mark(`✕ ${words.say('overload', { cores: words.number(model.freeCores) })}`);
  return cell;
}

function advice(rows) {
  const names = (some) => words.list(some.map((row) => texts.transports[row.transport]));
  const cost = (row) => words.quantity('costPerMonth', row.values.costPerMonth.value);
  const { kind, best, equal, others, late, overloaded, unpriced, skipping } = advise(rows, read());
  const sentences = [];
  const say = (name, values) => sentences.push(words.say(`advice.${name}`, values));
  if (kind === 'equal') {
    const compared = unpriced.length === 0;
    if (compared && others.length === 0) say('allEqual', { cost: cost(best) });
    else if (compared && others.length < equal.length) say('allBut', { names: names(others), cost: cost(best) });
    else say('equal', { names: names(equal), cost: cost(best) });
  } else {
    say(kind, best && { name: names([best]), cost: cost(best) });
  }
  for (const row of skipping) {
    const seen = words.quantity('versionsSeen', row.values.versionsSeen.value);
    say('skipping', { name: names([row]), cost: cost(row), seen });
  }
  if (late.length > 0) say('late', { names: names(late) });
  if (overloaded.length > 0) say('overloaded', { names: names(overloaded) });
  if (unpriced.length > 0 && kind !== 'unknown') say('unpriced', { names: names(unpriced) });
  if (rows.some((row) => row.outside.length > 0)) say('outside');
  return sentences.join(' ');
}

for (const place of document.querySelectorAll('[data-text]')) {
  place.textContent = texts[place.dataset.text];
}
for (const place of document.querySelectorAll('[data-label]')) {
  place.setAttribute('aria-label', texts[place.dataset.label]);
}
byId('calibrated').textContent = calibrated(model, words);
inputs();
offerChoice(texts, choose);
showFit(model, texts, words, {
  calibration: byId('calibration'),
  coefficients: byId('coefficients'),
  predictions: byId('predictions'),
});
if (location.hash.includes('?')) {
  follow();
} else {
  showAddressed();
}
addEventListener('hashchange', follow);
