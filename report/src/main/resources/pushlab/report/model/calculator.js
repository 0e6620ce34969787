// The cost of a workload with each transport, by the model that was fitted to the run's cells, the same as
// Model.estimate in Java. Pure: no page, no clock. docs/method.md derives each formula.
import { loadOf, summed, variance } from '#model/load.js';
import { firstSnapshotMillis, onTheWire } from '#model/wire.js';

const HOURS_A_MONTH = 730;
const SECONDS_A_MONTH = 3600 * HOURS_A_MONTH;
const GIB = 2 ** 30;
// A wider bound tells nothing.
const MOST_FACTOR = 100;
/** Clients that see fewer of the versions are said to skip some. */
export const NEARLY_ALL = 0.95;

/**
 * One row for each transport. A quantity is { value, low, high } in its own unit, with the bounds within which nine
 * of ten held-out cells were, or { needs }: what is missing.
 */
export function calculate(model, settings) {
  return model.transports.map((transport) => row(model, transport, settings));
}

function row(model, transport, settings) {
  const { asking } = transport;
  const load = loadOf(model, asking, settings);
  const cpu = fitted(transport, 'serverCpuMicros', load);
  const sent = fitted(transport, 'bytesOut', load, 0, load.deliveries * settings.payloadBytes);
  const received = fitted(transport, 'bytesIn', load);
  const memory = fitted(transport, 'memoryKiB', load);
  const wire = onTheWire(asking, load, { out: sent.value ?? 0, in: received.value ?? 0 }, settings);
  const cores = times(cpu, 1e-6);
  const sentInAll = plus(sent, wire.out);
  const costs = {
    cores: times(cores, HOURS_A_MONTH * settings.cpuHourPrice),
    memory: times(memory, settings.memoryPrice / 2 ** 20),
    traffic: times(sentInAll, (SECONDS_A_MONTH / GIB) * settings.trafficPrice),
  };
  // The instrument uses about as much as the server.
  const overload = model.freeCores !== null && 2 * cores.value > model.freeCores;
  const delay = (quantity) => (overload ? { needs: 'cores' } : quantity);
  const p99 = delay(delivery(transport, 'deliveryP99Micros', 0.99, load, settings));
  const values = {
    deliveryMedianMicros: delay(delivery(transport, 'deliveryMedianMicros', 0.5, load, settings)),
    deliveryP99Micros: p99,
    stalenessMillis: delay(staleness(transport, load, settings)),
    versionsSeen: exact(load.seen),
    firstSnapshotMillis: exact(firstSnapshotMillis(settings)),
    requestsPerSecond: asking === 'once' ? exact(0) : fitted(transport, 'requests', load, load.requests),
    bytesPerSecond: sum([sentInAll, plus(received, wire.in)]),
    bytesOutPerMonth: times(sent, SECONDS_A_MONTH),
    wireOutPerMonth: exact(wire.out * SECONDS_A_MONTH),
    bytesInPerMonth: times(received, SECONDS_A_MONTH),
    wireInPerMonth: exact(wire.in * SECONDS_A_MONTH),
    cores,
    memoryKiB: memory,
    costPerMonth: sum(Object.values(costs)),
  };
  return {
    transport: transport.transport,
    title: transport.title,
    values,
    costs,
    amounts: {
      cores: times(cores, HOURS_A_MONTH),
      memory: times(memory, 1 / 2 ** 20),
      traffic: times(sentInAll, SECONDS_A_MONTH / GIB),
    },
    skips: load.seen < NEARLY_ALL,
    late: p99.value > 1000 * settings.limitMillis,
    overload,
    outside: outside(transport, load, settings),
    notes: notes(transport, settings),
  };
}

/** The delivery time that this share of deliveries does not exceed, with the network's delay. */
function delivery(transport, quantity, share, load, settings) {
  const polls = transport.asking === 'at-intervals';
  const wait = polls ? share * 1000 * settings.pollIntervalMillis : 0;
  return plus(fitted(transport, quantity, load, wait), 1000 * network(transport, share, load, settings));
}

/**
 * The network's delay, in milliseconds, that this share of deliveries does not exceed: theory, times what was fitted
 * to cells over networks, if the run has any.
 */
function network({ asking, roundTrip }, share, load, settings) {
  return (roundTrip?.coefficient ?? 1) * byTheory(asking, share, load, settings);
}

function byTheory(asking, share, { versions }, { roundTripMillis: trip }) {
  switch (asking) {
    case 'at-intervals':
      return trip / 2 + share * trip;
    case 'after-each-answer': {
      const away = Math.min(1, (versions * trip) / 1000);
      return trip / 2 + (share > 1 - away ? (trip * (share - 1 + away)) / away : 0);
    }
    default:
      return trip / 2;
  }
}

function staleness(transport, load, { roundTripMillis: trip, pollIntervalMillis }) {
  const period = 1000 / load.versions;
  if (transport.asking === 'at-intervals') {
    return fitted(transport, 'staleness', load, age(trip / 2, trip / 2 + pollIntervalMillis + trip, period));
  }
  const away = transport.asking === 'once' ? 0 : (Math.min(1, (load.versions * trip) / 1000) * trip) / 2;
  return mapped(fitted(transport, 'staleness', load), (micros) => age(micros / 1000 + trip / 2 + away, 0, period));
}

/** The mean age of the version that a client shows, which was the latest one `from` to `to` ago. */
export function age(from, to, period) {
  const at = (a) => (a < period ? a ** 2 / (2 * period) : a - period / 2);
  const integral = (a) =>
    a < period ? a ** 3 / (6 * period) : period ** 2 / 6 + (a ** 2 - period ** 2) / 2 - (period * (a - period)) / 2;
  return to > from ? (integral(to) - integral(from)) / (to - from) : at(from);
}

/** A quantity by its fit; `theory` is the part of it that has no coefficient, `payload` what is not in the fit. */
function fitted(transport, quantity, load, theory = 0, payload = 0) {
  const fit = transport.quantities[quantity];
  if (!fit) {
    return { needs: 'measurement' };
  }
  const cell = theory + summed(fit.coefficients, load);
  const value = cell + summed(fit.besides, load) + payload;
  const relative = cell > 0 ? Math.max(0, variance(fit.coefficients, fit.covariance, load)) / cell ** 2 : 0;
  const factor = Math.exp(fit.reach * Math.sqrt(fit.scatter ** 2 + relative));
  if (factor > MOST_FACTOR) {
    return { needs: 'agreement' };
  }
  return { value, low: value / factor, high: value * factor };
}

const exact = (value) => ({ value, low: value, high: value });

function mapped(quantity, change) {
  return quantity.needs
    ? quantity
    : { value: change(quantity.value), low: change(quantity.low), high: change(quantity.high) };
}

const plus = (quantity, more) => mapped(quantity, (it) => it + more);
const times = (quantity, factor) => mapped(quantity, (it) => it * factor);

function sum(quantities) {
  return (
    quantities.find((it) => it.needs) ??
    quantities.reduce((a, b) => ({ value: a.value + b.value, low: a.low + b.low, high: a.high + b.high }))
  );
}

/** The settings that are outside of the measured range by more than a tenth. */
function outside(transport, load, settings) {
  const there = { ...settings, clients: load.clients, updatesPerSecond: load.updates };
  return ['clients', 'updatesPerSecond', 'pollIntervalMillis', 'payloadBytes'].filter((axis) => {
    const range = transport[axis];
    const value = there[axis];
    return range && (value < 0.9 * range.lowest || value > 1.1 * range.highest);
  });
}

function notes(transport, { tasks }) {
  const assumed = transport.quantities.serverCpuMicros?.assumed ?? [];
  return tasks > 1 ? [...assumed, 'tasks'] : assumed;
}

/**
 * The transport with the lowest value of a quantity among those in time: { best, tied }. `tied` lists
 * all whose bounds overlap those of the best, the best first. Null if no value is known.
 */
export function least(rows, quantity) {
  const known = rows.filter((it) => !it.late && !it.values[quantity].needs);
  if (known.length === 0) {
    return null;
  }
  const sorted = known.sort((a, b) => a.values[quantity].value - b.values[quantity].value);
  const best = sorted[0];
  const reach = best.values[quantity].high;
  return {
    best: best.transport,
    tied: sorted.filter((it) => it === best || it.values[quantity].low <= reach).map((it) => it.transport),
  };
}
