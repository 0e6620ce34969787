// Models made of simple coefficients, as Java writes them into the page.

const askings = { 'short-polling': 'at-intervals', 'long-polling': 'after-each-answer' };

/**
 * A transport that takes constant + herd × clients to deliver, and costs what is given.
 *
 * scatter: of each quantity; its bounds are the value divided and multiplied by its exponential.
 */
export function transport(
  id,
  { herd = 10, constant = 1000, cpu = 10, bytes = 100, kib = 20, empty = null, scatter = 0 } = {},
) {
  const asking = askings[id] ?? 'once';
  const polls = asking === 'at-intervals';
  const fit = (coefficients, assumed = []) => ({
    coefficients,
    besides: {},
    assumed,
    covariance: [],
    scatter,
    reach: 1,
    heldOut: { cells: 0, inside: 0 },
  });
  const late = (times) => fit(polls ? { constant } : { constant: times * constant, client: times * herd });
  const cost = (each) => fit({ [polls ? 'poll' : 'delivery']: each });
  const answered = (each) => {
    const given = empty ?? each;
    if (asking !== 'after-each-answer') return cost(each);
    return fit({ delivery: each, emptyAnswer: given }, empty === null ? ['emptyAnswer'] : []);
  };
  return {
    transport: id,
    title: id,
    asking,
    clients: { lowest: 10, highest: 1000 },
    updatesPerSecond: { lowest: 0.5, highest: 20 },
    pollIntervalMillis: polls ? { lowest: 1000, highest: 1000 } : null,
    payloadBytes: { lowest: 100, highest: 100 },
    statusCharacters: 24,
    cells: [],
    quantities: {
      deliveryMedianMicros: late(1),
      deliveryP99Micros: late(2),
      staleness: polls ? fit({}) : late(1),
      serverCpuMicros: answered(cpu),
      bytesOut: fit({ delivery: bytes }),
      bytesIn: fit({}),
      requests: fit({}),
      memoryKiB: fit({ connection: kib }),
    },
  };
}

/** The same transport, one quantity of which was not measured. */
export function without(quantity, made) {
  const { [quantity]: _, ...quantities } = made.quantities;
  return { ...made, quantities };
}

export function model(...transports) {
  return { holdSeconds: 24, pollIntervalMillis: 1000, freeCores: 4, transports, calibration: {}, predictions: [] };
}
