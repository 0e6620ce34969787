import { put } from './put.js';

const COUNTS = ['requests', 'deliveries', 'bytes', 'skipped'];

/** A table of the transports: a choice of one, told to `onChoice`, and what each has cost this page so far. */
export function transportsView({ table, faults }, { transports, onChoice }) {
  const [headings] = table.tHead.rows;
  const columns = COUNTS.map(() => headings.appendChild(headingCell()));
  const rows = new Map(transports.map((name) => [name, table.tBodies[0].appendChild(row(name))]));
  table.addEventListener('change', ({ target }) => onChoice(target.value));

  return function render({ transport, counts }, { texts }) {
    const numbers = new Intl.NumberFormat(texts.language);
    COUNTS.forEach((what, i) => put(columns[i], texts.counts[what]));
    for (const [name, row] of rows) {
      const [label, explanation] = texts.transport[name];
      const [choice, ...cells] = row.cells;
      const chosen = name === transport;
      row.classList.toggle('chosen', chosen);
      choice.querySelector('input').checked = chosen;
      put(choice.querySelector('.name'), label);
      put(choice.querySelector('.hint'), explanation);
      COUNTS.forEach((what, i) => {
        cells[i].dataset.what = texts.counts[what];
        put(cells[i], numbers.format(counts[name][what]));
      });
    }
    put(faults, texts.faults(sumOf(Object.values(counts))));
  };
}

function sumOf(counts) {
  const sum = (what) => counts.reduce((total, count) => total + count[what], 0);
  return { repeated: sum('repeated'), back: sum('back') };
}

function headingCell() {
  const cell = document.createElement('th');
  cell.scope = 'col';
  return cell;
}

function row(name) {
  const row = document.createElement('tr');
  const heading = headingCell();
  heading.scope = 'row';
  const label = document.createElement('label');
  const choice = document.createElement('input');
  choice.type = 'radio';
  choice.name = 'transport';
  choice.value = name;
  label.append(choice, span('name'), span('hint'));
  heading.append(label);
  row.append(heading);
  COUNTS.forEach((what) => (row.insertCell().dataset.count = what));
  return row;
}

function span(className) {
  const span = document.createElement('span');
  span.className = className;
  return span;
}
