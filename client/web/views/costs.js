import { duration, number } from './format.js';
import { make } from './make.js';
import { put } from './put.js';

const COUNTS = ['requests', 'bytes', 'deliveries', 'theory', 'median', 'p99', 'staleness', 'skipped'];
const TIMES = ['median', 'p99', 'staleness', 'theory'];
/** What less of is better of: each has a bar, as long as its share of the most. */
const COMPARED = ['requests', 'bytes', 'median', 'p99', 'staleness'];

/**
 * A table of what each transport has cost this page so far, and how late it was, with the proof and the clock. Theory
 * has a column while a network is imitated.
 */
export function costsView({ table, proof, clock: clockLine, note }, { transports }) {
  const [headings] = table.tHead.rows;
  const columns = COUNTS.map(() => headings.appendChild(make('th', { scope: 'col' })));
  const rows = new Map(transports.map((name) => [name, table.tBodies[0].appendChild(row(name))]));
  const theory = [columns[COUNTS.indexOf('theory')], ...table.tBodies[0].querySelectorAll('[data-count="theory"]')];
  let noted = null;

  return function render(figures, { texts, chosen, clock, imitates }) {
    const { language } = texts;
    COUNTS.forEach((what, i) => put(columns[i], texts.counts[what]));
    theory.forEach((cell) => (cell.hidden = !imitates));
    for (const [name, row] of rows) {
      const [heading, ...cells] = row.cells;
      row.classList.toggle('chosen', name === chosen);
      put(heading, texts.transport[name][0]);
      COUNTS.forEach((what, i) => show(cells[i], what, figures[name][what], { texts, most: mostOf(figures, what) }));
    }
    const sum = (what) =>
      number(
        Object.values(figures).reduce((total, one) => total + one[what], 0),
        language,
      );
    put(proof, texts.proof(...['deliveries', 'skipped', 'repeated', 'back'].map(sum)));
    put(
      clockLine,
      clock.isKnown()
        ? texts.clock(signed(clock.offset, language), duration(clock.uncertainty, language))
        : texts.clockUnknown,
    );
    if (noted !== texts) {
      noted = texts;
      note.replaceChildren(...texts.costsNote.map((line) => make('li', { textContent: line })));
    }
  };
}

function show({ dataset, children: [words, extent] }, what, value, { texts: { counts, language }, most }) {
  dataset.what = counts[what];
  const isTime = TIMES.includes(what);
  put(words, value === null ? '–' : isTime ? duration(Math.max(0, value), language) : number(value, language));
  if (extent) {
    extent.style.width = `${most > 0 ? (100 * Math.max(0, value)) / most : 0}%`;
  }
}

const mostOf = (figures, what) => Math.max(...Object.values(figures).map((one) => one[what] ?? 0));

const signed = (ms, language) => `${ms > 0 ? '+' : ''}${duration(ms, language)}`;

function row(name) {
  const row = make('tr', { dataset: { transport: name } }, make('th', { scope: 'row' }));
  for (const count of COUNTS) {
    const cell = row.appendChild(make('td', { dataset: { count } }, make('span')));
    if (COMPARED.includes(count)) {
      cell.append(make('span', { className: TIMES.includes(count) ? 'extent late' : 'extent' }));
    }
  }
  return row;
}
