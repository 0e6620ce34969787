const NOTHING = { requests: 0, deliveries: 0, bytes: 0, skipped: 0, repeated: 0, back: 0 };

/** What a page knows before it has asked anything: no snapshot, and nothing counted for any transport. */
export function initialState(transports) {
  return {
    transport: null,
    phase: 'connecting',
    trouble: null,
    retryAt: null,
    snapshot: null,
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
 */
export function reduce(state, event) {
  switch (event.type) {
    case 'subscribe':
      return { ...state, transport: event.transport, phase: 'connecting', trouble: null, retryAt: null };
    case 'request':
      return { ...count(state, { requests: 1 }), phase: state.phase === 'connected' ? 'waiting' : 'connecting' };
    case 'answer':
      return { ...count(state, { bytes: event.bytes }), phase: 'connected', trouble: null, retryAt: null };
    case 'snapshot':
      return deliver(state, event.snapshot);
    case 'trouble':
      return { ...state, phase: 'retrying', trouble: event.trouble, retryAt: event.at + event.retryInMs };
    default:
      throw new Error(`No such event: ${event.type}`);
  }
}

/** Where a subscriber stands: the epoch and version it shows, or null before the first. */
export function positionOf({ snapshot }) {
  return snapshot && { epoch: snapshot.epoch, version: snapshot.version };
}

function deliver(state, snapshot) {
  const shown = state.snapshot;
  if (shown === null || shown.epoch !== snapshot.epoch) {
    return { ...count(state, { deliveries: 1 }), snapshot };
  }
  const ahead = snapshot.version - shown.version;
  if (ahead > 0) {
    return { ...count(state, { deliveries: 1, skipped: ahead - 1 }), snapshot };
  }
  return count(state, ahead === 0 ? { repeated: 1 } : { back: 1 });
}

function count(state, more) {
  const counts = { ...state.counts[state.transport] };
  for (const [what, howMany] of Object.entries(more)) {
    counts[what] += howMany;
  }
  return { ...state, counts: { ...state.counts, [state.transport]: counts } };
}
