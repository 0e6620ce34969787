// The model itself on the page: how well it predicts cells that it was not fitted to, and its coefficients.
import { element } from '#model/element.js';

function table(place, heads, lines) {
  const row = (cells, name) => element('tr', {}, ...cells.map((textContent) => element(name, { textContent })));
  place.replaceChildren(
    element('thead', {}, row(heads, 'th')),
    element('tbody', {}, ...lines.map((it) => row(it, 'td'))),
  );
  for (const head of place.querySelectorAll('th')) head.scope = 'col';
}

/** One sentence: of how many held-out cells how many were inside. */
export function calibrated(model, words) {
  const all = Object.values(model.calibration);
  const sum = (name) => all.reduce((total, it) => total + it[name], 0);
  const cells = sum('cells');
  return cells === 0
    ? words.say('uncalibrated')
    : words.say('calibrated', { cells: words.number(cells), inside: words.number(sum('inside')) });
}

/** The tables of held-out cells and of coefficients. */
export function showFit(model, texts, words, { calibration, coefficients, predictions }) {
  predictions.hidden = model.predictions.length === 0;
  table(
    predictions,
    ['cell', 'of', 'predicted', 'measured', 'insideBounds'].map((it) => texts[it]),
    model.predictions.map(({ cell, measure, predicted, lowest, highest, measured, inside }) => [
      cell,
      texts.measures[measure],
      words.say('bounded', {
        value: words.number(predicted),
        bounds: words.say('to', { lowest: words.number(lowest), highest: words.number(highest) }),
      }),
      words.number(measured),
      inside ? texts.yes : texts.no,
    ]),
  );
  table(
    calibration,
    [texts.of, texts.heldOut, texts.insideBounds],
    Object.entries(model.calibration).map(([quantity, { cells, inside }]) => [
      texts.quantities[quantity],
      words.number(cells),
      words.number(inside),
    ]),
  );
  const said = (named) => Object.entries(named).map(([name, value]) => `${texts.names[name]} ${words.number(value)}`);
  table(
    coefficients,
    ['transport', 'of', 'fit', 'bounds', 'heldOut', 'insideBounds'].map((it) => texts[it]),
    model.transports.flatMap((transport) =>
      Object.entries(transport.quantities).map(([quantity, fit]) => [
        texts.transports[transport.transport],
        texts.quantities[quantity],
        [...said(fit.coefficients), ...said(fit.besides)].join(', ') || texts.theory,
        words.say('factor', { factor: words.number(Math.exp(fit.reach * fit.scatter)) }),
        words.number(fit.heldOut.cells),
        words.number(fit.heldOut.inside),
      ]),
    ),
  );
}
