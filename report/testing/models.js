// Made-up models: simple numbers, so that a test can say what comes out.

const fit = (coefficients, within = 0) => ({
  needs: null,
  coefficients,
  within,
  worst: within,
  leftOut: null,
  repeats: 4,
});

const ASKING = { 'short-polling': 'at-intervals', 'long-polling': 'after-each-answer' };

/** A transport with those costs a delivery; a poll that brings nothing costs `empty`. */
export function transport(id, { cpu = 10, bytes = 100, empty, herd = 10, constant = 1000, kib = 20, within = 0 } = {}) {
  const cost = (delivery) => fit(empty === undefined ? { delivery } : { delivery, emptyAnswer: empty }, within);
  return {
    transport: id,
    title: id,
    asking: ASKING[id] ?? 'once',
    clients: { lowest: 10, highest: 1000 },
    updatesPerSecond: { lowest: 0.5, highest: 20 },
    pollIntervalMillis: id === 'short-polling' ? { lowest: 1000, highest: 1000 } : null,
    payloadBytes: { lowest: 100, highest: 100 },
    cells: [],
    quantities: {
      deliveryMedianMicros: fit({ constant, client: herd }, within),
      deliveryP99Micros: fit({ constant: 2 * constant, client: 2 * herd }, within),
      stalenessMillis: fit(id === 'short-polling' ? {} : { spread: 1 }, within),
      serverCpuMicros: cost(cpu),
      bytesOut: cost(bytes),
      bytesIn: cost(0),
      requests: fit({}),
      memoryKiB: fit({ client: kib }, within),
    },
  };
}

export function model(...transports) {
  return { holdSeconds: 24, pollIntervalMillis: 1000, logicalCores: 2, transports };
}

/** The same transport, of which that quantity could not be fitted. */
export function without(quantity, needs, from) {
  const lacking = { needs, coefficients: {}, within: null, worst: null, leftOut: null, repeats: 0 };
  return { ...from, quantities: { ...from.quantities, [quantity]: lacking } };
}
