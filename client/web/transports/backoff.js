import { Trouble } from '../wire.js';

/**
 * Exponential backoff with full jitter: after the n-th failure in a row, a pause anywhere between nothing and
 * `first` doubled n times, never above `most`, so that subscribers who lost the server together do not come
 * back together.
 */
export function backoff({ first = 500, most = 30_000, random = Math.random } = {}) {
  let failures = 0;
  const next = () => random() * Math.min(most, first * 2 ** failures++);
  return {
    /** To be called when the server has answered well. */
    reset() {
      failures = 0;
    },

    /** Tells `onWire` of a Trouble and rests, at least as long as the server asked; anything else is thrown on. */
    async rest(failure, { signal, onWire }) {
      if (signal.aborted) {
        return;
      }
      if (!(failure instanceof Trouble)) {
        throw failure;
      }
      const retryInMs = Math.max(next(), failure.retryAfterMs ?? 0);
      onWire({ type: 'trouble', trouble: failure, retryInMs });
      await pause(retryInMs, signal);
    },
  };
}

/** Resolves after `ms`, or as soon as the signal is aborted. */
export function pause(ms, signal) {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
    if (signal.aborted) {
      done();
    }
  });
}
