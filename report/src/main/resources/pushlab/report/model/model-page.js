// The calculator on the page: reads the settings, shows the costs, keeps the settings in the address.
import { calculate, least } from '#model/calculator.js';
import { element } from '#model/element.js';
import { drawMap, offerChoice, putChoice, readChoice } from '#model/map-page.js';
import { wording } from '#model/model-words.js';
import { defaults, fromHash, lowest, toHash, valid } from '#model/settings.js';

const { model, transports, texts: all, mapSpec } = JSON.parse(document.getElementById('model').textContent);
const language = document.documentElement.lang === 'fr' ? 'fr' : 'en';
const texts = all[language];
const words = wording(texts, language);
const byId = (id) => document.getElementById(id);

const WORKLOAD = [
  'clients',
  'updatesPerSecond',
  'limitMillis',
  'roundTripMillis',
  'pollIntervalMillis',
  'payloadBytes',
];
const PRICES = ['cpuHourPrice', 'memoryPrice', 'trafficPrice'];
const SHOWN = [
  'deliveryMedianMicros',
  'deliveryP99Micros',
  'stalenessMillis',
  'requestsPerSecond',
  'bytesOutPerMonth',
  'bytesInPerMonth',
  'cores',
  'memoryKiB',
  'costPerMonth',
];

function inputs() {
  const group = (legend, names) =>
    element('fieldset', {}, element('legend', { textContent: texts[legend] }), ...names.map(input));
  const reset = element('button', { type: 'button', textContent: texts.reset });
  reset.addEventListener('click', () => {
    put(defaults(model));
    reckon();
  });
  byId('settings').append(group('workload', WORKLOAD), group('prices', PRICES), reset);
  byId('settings').addEventListener('input', reckon);
  byId('settings').addEventListener('submit', (event) => event.preventDefault());
}

function input(name) {
  return element(
    'label',
    {},
    texts[name],
    element('input', { type: 'number', name, min: lowest(name), step: 'any', required: true }),
  );
}

function put(settings) {
  for (const [name, value] of Object.entries(settings)) {
    byId('settings').elements[name].value = value;
  }
}

function read() {
  const numbers = [...WORKLOAD, ...PRICES].map((name) => [name, byId('settings').elements[name].valueAsNumber]);
  return valid(Object.fromEntries(numbers), model);
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
  const winner = least(rows, quantity);
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
  const error = words.error(value);
  if (error) cell.append(element('span', { className: 'range', textContent: error }));
  const mark = (textContent) => cell.append(element('span', { className: 'mark', textContent }));
  if (tied) mark(alone ? `★ ${texts.least}` : `≈ ${texts.tied}`);
  if (row.late && quantity === 'deliveryP99Micros') mark(`✕ ${texts.late}`);
  if (row.overload && quantity === 'cores') mark(`✕ ${words.say('overload', { cores: model.logicalCores })}`);
  return cell;
}

function advice(rows) {
  const names = (transports) => words.list(transports.map((it) => texts.transports[it]));
  const late = rows.filter((row) => row.late).map((row) => row.transport);
  const winner = least(rows, 'costPerMonth');
  const sentences = [];
  if (winner) {
    const cost = words.quantity(
      'costPerMonth',
      rows.find((row) => row.transport === winner.best).values.costPerMonth.value,
    );
    sentences.push(
      winner.tied.length === 1
        ? words.say('adviceBest', { name: names([winner.best]), cost })
        : words.say('adviceTied', { names: names(winner.tied), cost }),
    );
  } else {
    sentences.push(late.length === rows.length ? texts.adviceNone : texts.adviceUnknown);
  }
  if (late.length > 0) sentences.push(words.say('adviceLate', { names: names(late) }));
  if (rows.some((row) => row.outside.length > 0)) sentences.push(texts.adviceOutside);
  return sentences.join(' ');
}

function coefficients() {
  const heads = ['transport', 'of', 'fit', 'within', 'worst', 'leftOut', 'repeats'];
  const share = (value) => (value === null ? texts.unknown : words.percent(value));
  const lines = model.transports.flatMap((transport) =>
    Object.entries(transport.quantities).map(([quantity, fit]) => {
      const said = Object.entries(fit.coefficients).map(
        ([name, value]) => `${texts.names[name]} ${words.number(value)}`,
      );
      return [
        texts.transports[transport.transport],
        texts.quantities[quantity],
        fit.needs ? texts.needs[fit.needs] : said.join(', ') || texts.theory,
        share(fit.within),
        share(fit.worst),
        share(fit.leftOut),
        words.number(fit.repeats),
      ];
    }),
  );
  byId('coefficients').replaceChildren(
    element(
      'thead',
      {},
      element('tr', {}, ...heads.map((it) => element('th', { scope: 'col', textContent: texts[it] }))),
    ),
    element(
      'tbody',
      {},
      ...lines.map((line) => element('tr', {}, ...line.map((it) => element('td', { textContent: it })))),
    ),
  );
}

for (const place of document.querySelectorAll('[data-text]')) {
  place.textContent = texts[place.dataset.text];
}
for (const place of document.querySelectorAll('[data-label]')) {
  place.setAttribute('aria-label', texts[place.dataset.label]);
}
inputs();
offerChoice(texts, choose);
coefficients();
if (location.hash.includes('?')) {
  follow();
} else {
  showAddressed();
}
addEventListener('hashchange', follow);
