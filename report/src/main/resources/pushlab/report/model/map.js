// The best transport for each field of a map: vertical the update rate, horizontal the number of
// clients or the round trip. Pure: no page. Vega-Lite draws the result.
import { calculate, least } from '#model/calculator.js';

// Odd, so that an axis that was measured at a single value has it in the middle of a field.
const COLUMNS = 17;
const ROWS = 13;

export const MEASURES = ['costPerMonth', 'deliveryMedianMicros', 'cores', 'bytesPerSecond', 'memoryKiB', 'weighted'];
export const ACROSS = ['clients', 'roundTripMillis'];
export const WEIGHED = ['deliveryMedianMicros', 'cores', 'bytesPerSecond', 'memoryKiB'];
// The number of doublings that stands for the step from zero to any other value.
const FROM_NOTHING = 60;
const ROUND_TRIPS = { lowest: 1, highest: 1000 };

/** The measured ranges of all transports together. */
function measured(model, axis) {
  const ranges = model.transports.map((it) => it[axis]);
  return {
    lowest: Math.min(...ranges.map((it) => it.lowest)),
    highest: Math.max(...ranges.map((it) => it.highest)),
  };
}

/** The ends of the axes: ten times beyond the measured range, in both directions. */
export function ends(model, across) {
  const wider = ({ lowest, highest }) => ({ lowest: lowest / 10, highest: highest * 10 });
  const clients = wider(measured(model, 'clients'));
  return {
    x: across === 'clients' ? { lowest: Math.max(1, clients.lowest), highest: clients.highest } : ROUND_TRIPS,
    y: wider(measured(model, 'updatesPerSecond')),
  };
}

function steps({ lowest, highest }, count) {
  const factor = (highest / lowest) ** (1 / count);
  return Array.from({ length: count }, (_, i) => ({
    from: lowest * factor ** i,
    to: lowest * factor ** (i + 1),
    middle: lowest * factor ** (i + 0.5),
  }));
}

/**
 * The fields, each calculated at its middle: { x, x2, xMiddle, y, y2, yMiddle, best, tied, seen, outside }; `seen` is
 * the least share of versions that clients of a tied transport see.
 *
 * choice: { across, measure, weights }: one of ACROSS, one of MEASURES, and a weight for each of WEIGHED.
 */
export function fields(model, settings, choice) {
  const { x: xEnds, y: yEnds } = ends(model, choice.across);
  return steps(yEnds, ROWS).flatMap((y) =>
    steps(xEnds, COLUMNS).map((x) => {
      const there = { ...settings, updatesPerSecond: y.middle, [choice.across]: x.middle };
      const rows = calculate(model, there);
      const winner = least(choice.measure === 'weighted' ? weighed(rows, choice.weights) : rows, choice.measure);
      return {
        x: x.from,
        x2: x.to,
        xMiddle: x.middle,
        y: y.from,
        y2: y.to,
        yMiddle: y.middle,
        best: winner?.best ?? null,
        tied: winner?.tied ?? [],
        seen: Math.min(
          1,
          ...rows.filter((it) => winner?.tied.includes(it.transport)).map((it) => it.values.versionsSeen.value),
        ),
        outside: rows.some((it) => it.outside.some((axis) => axis !== 'payloadBytes')),
      };
    }),
  );
}

/**
 * The rows with one more quantity, the weighted sum: for each measure, its weight times the number of
 * doublings from the lowest value of any transport to this one's. A measure without any value is ignored.
 */
export function weighed(rows, weights) {
  const parts = WEIGHED.filter((it) => weights[it] > 0 && rows.some((row) => !row.late && !row.values[it].needs));
  const all = parts.reduce((sum, it) => sum + weights[it], 0);
  return rows.map((row) => {
    const missing = parts.map((it) => row.values[it]).find((it) => it.needs);
    const weighted = missing ?? { value: 0, low: 0, high: 0 };
    if (!missing) {
      for (const part of parts) {
        const lowest = Math.min(
          ...rows.filter((it) => !it.late && !it.values[part].needs).map((it) => it.values[part].value),
        );
        const share = weights[part] / all;
        for (const end of ['value', 'low', 'high']) {
          weighted[end] += share * doublings(row.values[part][end], lowest);
        }
      }
    }
    return { ...row, values: { ...row.values, weighted: parts.length === 0 ? { needs: 'weights' } : weighted } };
  });
}

/** The number of doublings from `from` to `to`. */
function doublings(to, from) {
  if (to <= from) {
    return 0;
  }
  return from > 0 ? Math.log2(to / from) : FROM_NOTHING;
}

/**
 * The lines on which two transports are equal by theory: [{ name, points: [{ x, y }] }].
 *
 * `requests`: one update per poll interval. With fewer, short polling sends requests in vain; with
 * more, it skips versions. `push`: a poll costs as much as the pushes during its interval.
 * `herd`: a client of a herd waits as long for its turn as for its next poll.
 */
export function breakEven(model, settings, choice) {
  const { x, y } = ends(model, choice.across);
  const columns = Array.from({ length: 33 }, (_, i) => x.lowest * (x.highest / x.lowest) ** (i / 32));
  const line = (name, rate) => ({
    name,
    points: columns
      .map((at) => ({ x: at, y: rate({ ...settings, [choice.across]: at }) }))
      .filter((it) => it.y >= y.lowest && it.y <= y.highest),
  });
  const cycle = (there) => (there.pollIntervalMillis + there.roundTripMillis) / 1000;
  const lines = [line('requests', (there) => 1 / cycle(there))];
  const push = cheapestPush(model, choice.measure, settings);
  if (push > 1) {
    lines.push(line('push', (there) => push / cycle(there)));
  }
  if (choice.measure === 'deliveryMedianMicros' && choice.across === 'clients') {
    const herd = herdAsLateAsPolling(model, settings);
    if (herd >= x.lowest && herd <= x.highest) {
      lines.push({
        name: 'herd',
        points: [
          { x: herd, y: y.lowest },
          { x: herd, y: y.highest },
        ],
      });
    }
  }
  return lines.filter((it) => it.points.length > 0);
}

/** The number of clients for which a push to all takes half a poll interval; NaN if unknown. */
function herdAsLateAsPolling(model, { pollIntervalMillis, roundTripMillis }) {
  const of = (asking) =>
    model.transports
      .filter((it) => it.asking === asking)
      .map((it) => it.quantities.deliveryMedianMicros)
      .findLast((fit) => fit)?.coefficients;
  const polling = of('at-intervals');
  const push = of('once');
  return polling && push
    ? (500 * (pollIntervalMillis + roundTripMillis) + polling.constant - push.constant) / push.client
    : NaN;
}

/** The cost of a poll with a new version, in deliveries of the cheapest push transport; NaN if unknown. */
function cheapestPush(model, measure, settings) {
  const quantity = { cores: 'serverCpuMicros', bytesPerSecond: 'bytesOut' }[measure];
  if (!quantity) {
    return NaN;
  }
  const each = ({ asking, quantities }) => {
    const name = asking === 'at-intervals' ? 'poll' : 'delivery';
    if (quantity === 'serverCpuMicros') {
      return quantities[quantity]?.coefficients[name] ?? NaN;
    }
    const out = quantities.bytesOut?.coefficients.delivery ?? NaN;
    return settings.payloadBytes + out + (quantities.bytesIn?.coefficients[name] ?? NaN);
  };
  const of = (asking) => model.transports.filter((it) => it.asking === asking).map(each);
  const [poll = NaN] = of('at-intervals');
  return poll / Math.min(...of('once'));
}

/** What was measured as frames on the map: the range of all cells, or each round trip of a network and its rates. */
export function frames(model, across) {
  if (across !== 'clients') {
    return model.transports.flatMap(({ roundTrip }) => roundTrip?.points ?? []).map(around);
  }
  const x = measured(model, 'clients');
  const y = measured(model, 'updatesPerSecond');
  return [{ x: x.lowest / 1.1, x2: x.highest * 1.1, y: y.lowest / 1.1, y2: y.highest * 1.1 }];
}

function around({ roundTripMillis: x, updatesPerSecond: y }) {
  return { x: x / 1.1, x2: x * 1.1, y: y / 1.1, y2: y * 1.1 };
}
