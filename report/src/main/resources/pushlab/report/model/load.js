// What a workload asks of a server over one transport: counts per second, of all clients together.
// The same as ModelLoad and ModelTerm in Java, with the network. Pure: no page, no clock.

// Polls that arrive within this time of each other share one wake-up of the server.
const SHARED_WAKE_UP_SECONDS = 0.008;

/** The terms of the model: the count by which each coefficient is multiplied. */
const TERMS = {
  constant: () => 1,
  client: (load) => load.herd,
  rest: (load) => 1 / (1 + load.updates ** 2),
  delivery: (load) => load.deliveries,
  poll: (load) => load.requests,
  emptyAnswer: (load) => load.empty,
  wakeUp: (load) => load.requests / (1 + SHARED_WAKE_UP_SECONDS * load.requests),
  update: (load) => load.updates,
  second: () => 1,
  connection: (load) => load.clients,
  kernel: (load) => load.clients,
};

/** The updates a second of all tasks together. */
export function rateOfAll({ rateOf, updatesPerSecond, tasks }) {
  return rateOf === 'each' ? updatesPerSecond * tasks : updatesPerSecond;
}

/**
 * The load: { clients, herd, updates, versions, seen, deliveries, empty, requests }. `herd` is the number of
 * clients of one task, `versions` how many a second each client should see, `seen` the share of these that it sees.
 */
export function loadOf(model, asking, settings) {
  const { clients, tasks, pollIntervalMillis, roundTripMillis } = settings;
  const updates = rateOfAll(settings);
  const versions = updates / tasks;
  const polls = 1000 / (pollIntervalMillis + roundTripMillis);
  const most = { 'at-intervals': polls, 'after-each-answer': 1000 / roundTripMillis }[asking] ?? Infinity;
  const each = Math.min(versions, most);
  const empty = { 'at-intervals': polls - each, 'after-each-answer': each / Math.expm1(versions * model.holdSeconds) };
  const load = { clients, herd: Math.max(1, clients / tasks), updates, versions, seen: each / versions };
  load.deliveries = clients * each;
  load.empty = clients * (empty[asking] ?? 0);
  load.requests = asking === 'once' ? 0 : load.deliveries + load.empty;
  return load;
}

/** The sum of coefficients, each times its term of the load. */
export function summed(coefficients, load) {
  return Object.entries(coefficients).reduce((sum, [name, value]) => sum + value * TERMS[name](load), 0);
}

/** The variance of that sum. */
export function variance(coefficients, covariance, load) {
  const terms = Object.keys(coefficients).map((name) => TERMS[name](load));
  return covariance.reduce((all, row, i) => row.reduce((sum, it, j) => sum + terms[i] * it * terms[j], all), 0);
}
