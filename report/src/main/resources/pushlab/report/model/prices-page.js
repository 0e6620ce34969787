// The sheet of prices on the page: what each transport uses in a month, times the reader's prices.
import { element } from '#model/element.js';

/** Each row of the sheet: the amount in `calculate`, and the setting that is its price. */
const ROWS = { cores: 'cpuHourPrice', memory: 'memoryPrice', traffic: 'trafficPrice' };
export const PRICES = Object.values(ROWS);

/** The prices as inputs of that form, in the heads of the rows. */
export function offerPrices(sheet, texts, input) {
  const head = (text) => element('th', { scope: 'col', textContent: text });
  sheet.replaceChildren(
    element('thead', {}, element('tr', {}, head(texts.sheet.item), head(texts.sheet.price))),
    element(
      'tbody',
      {},
      ...Object.entries(ROWS).map(([amount, price]) =>
        element(
          'tr',
          { id: `sheet-${amount}` },
          element('th', { scope: 'row', textContent: texts.sheet[amount] }),
          element('td', {}, input(price, texts[price])),
        ),
      ),
      element(
        'tr',
        { id: 'sheet-sum' },
        element('th', { scope: 'row', textContent: texts.costPerMonth }),
        element('td'),
      ),
    ),
  );
}

/** Fills in the amounts and costs. */
export function showPrices(sheet, texts, words, rows) {
  for (const old of sheet.querySelectorAll('.of-transport')) old.remove();
  const money = (cost) => (cost.needs ? texts.needs[cost.needs] : words.quantity('costPerMonth', cost.value));
  for (const row of rows) {
    const head = element('th', { scope: 'col', className: 'of-transport' }, texts.transports[row.transport]);
    sheet.tHead.rows[0].append(head);
    // On a narrow screen, where the columns' heads are not shown, each cell shows its own.
    const add = (line, ...children) => {
      const cell = element('td', { className: 'of-transport' }, ...children);
      cell.dataset.head = texts.transports[row.transport];
      sheet.querySelector(`#sheet-${line}`).append(cell);
    };
    for (const name of Object.keys(ROWS)) {
      const amount = row.amounts[name];
      const used = amount.needs ? '' : words.say(`sheet.amounts.${name}`, { amount: words.number(amount.value) });
      add(name, money(row.costs[name]), element('span', { className: 'range', textContent: used }));
    }
    add('sum', money(row.values.costPerMonth));
  }
}
