import { timeOf } from '../clock.js';
import { toneOf } from '../tone.js';
import { ring } from './ring.js';

/** An hour of 20 updates a second is 72,000. */
export const AN_HOUR = 2 ** 17;
const EPOCHS_APART = 2 ** 42;
/** A snapshot's time is cut to the millisecond: on average it was half of one later. */
const CUT_MS = 0.5;

/**
 * The known updates, from any source. Each has an `order`, which grows with the version and from an epoch
 * to the next, and the server's time, `at`.
 */
export function updates(most = AN_HOUR) {
  const epochs = [];
  const rows = ring(most, { order: Float64Array, at: Float64Array, tone: Uint8Array });

  const orderOf = ({ epoch, version }) => {
    if (!epochs.includes(epoch)) {
      epochs.push(epoch);
    }
    return epochs.indexOf(epoch) * EPOCHS_APART + version;
  };

  /** Moves the last row to its place: what one was told may come after what another was told of later. */
  const sort = () => {
    for (let row = rows.end - 1; row > rows.from && rows.get('order', row - 1) > rows.get('order', row); row--) {
      for (const name of ['order', 'at', 'tone']) {
        const later = rows.get(name, row - 1);
        rows.set(name, row - 1, rows.get(name, row));
        rows.set(name, row, later);
      }
    }
  };

  return {
    rows,
    orderOf,

    /** Learns of the update that made `snapshot`, and returns its order. */
    learn(snapshot) {
      const order = orderOf(snapshot);
      const next = rows.firstAbove('order', order);
      if (next === rows.from || rows.get('order', next - 1) !== order) {
        rows.push({ order, at: timeOf(snapshot.updatedAt) + CUT_MS, tone: toneOf(snapshot.status).index });
        sort();
      }
      return order;
    },

    /** The server's time at which what has `order` was first replaced by something newer; Infinity if it was not. */
    replacedAt(order) {
      const next = rows.firstAbove('order', order);
      return next === rows.end ? Infinity : rows.get('at', next);
    },
  };
}

export const versionOf = (order) => order % EPOCHS_APART;
