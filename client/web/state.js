const NOTHING = { requests: 0, deliveries: 0, bytes: 0, skipped: 0, repeated: 0, back: 0 };

/** What a page knows before it has asked anything: no snapshot, and nothing counted for any transport. */
export function initialState(transports) {
  return {
    transport: null,
    phase: 'connecting',
    trouble: null,
    retryAt: null,
    askedAt: null,
    snapshot: null,
    arrivedAt: null,
    counts: Object.fromEntries(transports.map((transport) => [transport, NOTHING])),
  };
}

/**
 * The state after an event; neither is changed. Every event carries `at`, the time it happened in milliseconds.
 *
 * - `subscribe` a transport takes over
 * - `request` a request or a handshake leaves
 * - `answer` the server answered well, with `bytes` of body
 * - `snapshot` a snapshot came; it is shown only if it is newer than the one shown
 * - `trouble` something failed; the transport tries again in `retryInMs`
 * - `reset` counting starts over
 * - `leave` nobody listens any more
 *
 * What another tab asked and told this one is `shared`: it costs this one nothing.
 */
export function reduce(state, event) {
  switch (event.type) {
    case 'subscribe':
      return { ...state, transport: event.transport, phase: 'connecting', trouble: null, retryAt: null, askedAt: null };
    case 'request':
      return { ...count(state, { requests: event.shared ? 0 : 1 }), phase: afterRequest(state), askedAt: event.at };
    case 'answer':
      return {
        ...count(state, { bytes: event.shared ? 0 : event.bytes }),
        phase: 'connected',
        trouble: null,
        retryAt: null,
      };
    case 'snapshot':
      return deliver(state, event);
    case 'trouble':
      return { ...state, phase: 'retrying', trouble: event.trouble, retryAt: event.at + event.retryInMs };
    case 'reset':
      return { ...state, counts: initialState(Object.keys(state.counts)).counts };
    case 'leave':
      return { ...state, transport: null, phase: 'connecting', trouble: null, retryAt: null, askedAt: null };
    default:
      throw new Error(`No such event: ${event.type}`);
  }
}

/** Where a subscriber stands: the epoch and version it shows, or null before the first. */
export function positionOf({ snapshot }) {
  return snapshot && { epoch: snapshot.epoch, version: snapshot.version };
}

/** Whether `snapshot` is to be shown where `shown` is (null before the first). */
export function isNews(snapshot, shown) {
  return shown === null || shown.epoch !== snapshot.epoch || snapshot.version > shown.version;
}

function afterRequest({ phase }) {
  return phase === 'connected' || phase === 'waiting' ? 'waiting' : 'connecting';
}

function deliver(state, { snapshot, at }) {
  const shown = state.snapshot;
  if (!isNews(snapshot, shown)) {
    return count(state, snapshot.version === shown.version ? { repeated: 1 } : { back: 1 });
  }
  const skipped = shown === null || shown.epoch !== snapshot.epoch ? 0 : snapshot.version - shown.version - 1;
  return { ...count(state, { deliveries: 1, skipped }), snapshot, arrivedAt: at };
}

function count(state, more) {
  const counts = { ...state.counts[state.transport] };
  for (const [what, howMany] of Object.entries(more)) {
    counts[what] += howMany;
  }
  return { ...state, counts: { ...state.counts, [state.transport]: counts } };
}
