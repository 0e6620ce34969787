// The cost of a workload with each transport, by the model that was fitted to the run's cells.
// Pure: no page, no clock. docs/method.md derives each formula.

const HOURS_A_MONTH = 730;
const SECONDS_A_MONTH = 3600 * HOURS_A_MONTH;
const GIB = 2 ** 30;

/** One row for each transport. A quantity is { value, error } in its own unit, or { needs }: what is missing. */
export function calculate(model, settings) {
  return model.transports.map((transport) => row(model, transport, settings));
}

function row(model, transport, settings) {
  const rates = ratesOf(model, transport.asking, settings);
  const median = delivery(transport, 'deliveryMedianMicros', 0.5, settings);
  const p99 = delivery(transport, 'deliveryP99Micros', 0.99, settings);
  const cpu = cost(transport, 'serverCpuMicros', rates, settings);
  const out = cost(transport, 'bytesOut', rates, settings);
  const received = cost(transport, 'bytesIn', rates, settings);
  const sent = plus(out, rates.deliveries * settings.payloadBytes);
  const memory = fitted(transport, 'memoryKiB', settings, (it) => it.client * settings.clients);
  const values = {
    deliveryMedianMicros: median,
    deliveryP99Micros: p99,
    stalenessMillis: staleness(transport, settings),
    requestsPerSecond: fitted(transport, 'requests', settings, () => rates.requests),
    bytesPerSecond: sum([sent, received]),
    bytesOutPerMonth: times(sent, SECONDS_A_MONTH),
    bytesInPerMonth: times(received, SECONDS_A_MONTH),
    cores: times(cpu, 1e-6),
    memoryKiB: memory,
  };
  values.costPerMonth = sum([
    times(values.cores, HOURS_A_MONTH * settings.cpuHourPrice),
    times(memory, settings.memoryPrice / 2 ** 20),
    times(values.bytesOutPerMonth, settings.trafficPrice / GIB),
  ]);
  return {
    transport: transport.transport,
    title: transport.title,
    values,
    late: p99.value > 1000 * settings.limitMillis,
    overload: model.logicalCores !== null && values.cores.value > model.logicalCores,
    outside: outside(transport, settings),
    notes: notes(transport),
  };
}

/** Deliveries, empty answers and requests per second, of all clients. */
export function ratesOf(model, asking, settings) {
  const { clients, updatesPerSecond: rate } = settings;
  const cycle = (settings.pollIntervalMillis + settings.roundTripMillis) / 1000;
  const roundTrip = settings.roundTripMillis / 1000;
  switch (asking) {
    case 'at-intervals': {
      const each = Math.min(rate, 1 / cycle);
      return { deliveries: clients * each, empty: clients * (1 / cycle - each), requests: clients / cycle };
    }
    case 'after-each-answer': {
      const each = Math.min(rate, roundTrip > 0 ? 1 / roundTrip : rate);
      const empty = each / Math.expm1(rate * model.holdSeconds);
      return { deliveries: clients * each, empty: clients * empty, requests: clients * (each + empty) };
    }
    default:
      return { deliveries: clients * rate, empty: 0, requests: 0 };
  }
}

/** The delivery time that this share of deliveries does not exceed, with the network's delay. */
function delivery(transport, quantity, share, settings) {
  const polls = transport.asking === 'at-intervals';
  const wait = polls ? share * 1000 * settings.pollIntervalMillis : 0;
  const over = fitted(transport, quantity, settings, (it) => wait + it.constant + it.client * settings.clients);
  return plus(over, 1000 * network(transport.asking, share, settings));
}

/** The network's delay, in milliseconds, that this share of deliveries does not exceed. */
function network(asking, share, { roundTripMillis: trip, updatesPerSecond: rate }) {
  switch (asking) {
    case 'at-intervals':
      return trip / 2 + share * trip;
    case 'after-each-answer': {
      const away = Math.min(1, (rate * trip) / 1000);
      return trip / 2 + (share > 1 - away ? (trip * (share - 1 + away)) / away : 0);
    }
    default:
      return trip / 2;
  }
}

function staleness(transport, settings) {
  const median = transport.quantities.deliveryMedianMicros;
  if (median.needs) {
    return { needs: median.needs };
  }
  const { constant, client } = median.coefficients;
  const late = (constant + client * settings.clients) / 1000;
  const { roundTripMillis: trip, updatesPerSecond: rate } = settings;
  const period = 1000 / rate;
  return fitted(transport, 'stalenessMillis', settings, ({ spread = 1 }) => {
    switch (transport.asking) {
      case 'at-intervals': {
        const from = late + trip / 2;
        return age(from, from + settings.pollIntervalMillis + trip, period);
      }
      case 'after-each-answer': {
        const away = (Math.min(1, (rate * trip) / 1000) * trip) / 2;
        return age(Math.sqrt(spread) * late + trip / 2 + away, 0, period);
      }
      default:
        return age(Math.sqrt(spread) * late + trip / 2, 0, period);
    }
  });
}

/** The mean age of the version that a client shows, which was the latest one `from` to `to` ago. */
export function age(from, to, period) {
  const at = (a) => (a < period ? a ** 2 / (2 * period) : a - period / 2);
  const integral = (a) =>
    a < period ? a ** 3 / (6 * period) : period ** 2 / 6 + (a ** 2 - period ** 2) / 2 - (period * (a - period)) / 2;
  return to > from ? (integral(to) - integral(from)) / (to - from) : at(from);
}

/** The cost per second, of all clients. The notes say which cost is assumed where none was measured. */
function cost(transport, quantity, rates, settings) {
  return fitted(
    transport,
    quantity,
    settings,
    ({ delivery, emptyAnswer = delivery, update = 0, connectionSecond = 0 }) =>
      delivery * rates.deliveries +
      emptyAnswer * rates.empty +
      update * settings.updatesPerSecond +
      connectionSecond * settings.clients,
  );
}

/** Outside of the measured range, the error is that of cells predicted from the other cells. */
function fitted(transport, quantity, settings, value) {
  const fit = transport.quantities[quantity];
  if (fit.needs) {
    return { needs: fit.needs };
  }
  const modelled = value(fit.coefficients);
  const beyond = outside(transport, settings).length > 0;
  return { value: modelled, error: modelled * Math.max(fit.within, beyond ? (fit.leftOut ?? 0) : 0) };
}

function plus(quantity, exact) {
  return quantity.needs ? quantity : { ...quantity, value: quantity.value + exact };
}

function times(quantity, factor) {
  return quantity.needs ? quantity : { value: quantity.value * factor, error: quantity.error * factor };
}

function sum(quantities) {
  return (
    quantities.find((it) => it.needs) ??
    quantities.reduce((a, b) => ({ value: a.value + b.value, error: a.error + b.error }))
  );
}

/** The settings that are outside of the measured range by more than a tenth. */
function outside(transport, settings) {
  return ['clients', 'updatesPerSecond', 'pollIntervalMillis', 'payloadBytes'].filter((axis) => {
    const range = transport[axis];
    const value = settings[axis];
    return range && (value < 0.9 * range.lowest || value > 1.1 * range.highest);
  });
}

function notes(transport) {
  const cpu = transport.quantities.serverCpuMicros;
  if (cpu.needs) {
    return [];
  }
  return transport.asking !== 'once'
    ? 'emptyAnswer' in cpu.coefficients
      ? []
      : ['emptyAnswer']
    : 'connectionSecond' in cpu.coefficients
      ? []
      : ['connectionSecond'];
}

/**
 * The transport with the lowest value of a quantity among those in time: { best, tied }. `tied` lists
 * all whose error range overlaps that of the best, the best first. Null if no value is known.
 */
export function least(rows, quantity) {
  const known = rows.filter((it) => !it.late && !it.values[quantity].needs);
  if (known.length === 0) {
    return null;
  }
  const sorted = known.sort((a, b) => a.values[quantity].value - b.values[quantity].value);
  const best = sorted[0];
  const reach = upper(best.values[quantity]);
  return {
    best: best.transport,
    tied: sorted.filter((it) => it === best || lower(it.values[quantity]) <= reach).map((it) => it.transport),
  };
}

const upper = ({ value, error }) => value + error;
const lower = ({ value, error }) => value - error;
