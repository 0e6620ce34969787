import { Trouble } from '../wire.js';
import { pause } from './pace.js';

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

    /**
     * Tells `onWire` of a Trouble and rests: at least as long as the server asked, else less if the pace is woken.
     * Anything else is thrown on.
     */
    async rest(failure, { signal, pace, onWire }) {
      if (signal.aborted) {
        return;
      }
      if (!(failure instanceof Trouble)) {
        throw failure;
      }
      const asked = failure.retryAfterMs ?? 0;
      const retryInMs = Math.max(next(), asked);
      onWire({ type: 'trouble', trouble: failure, retryInMs });
      await (asked > 0 ? pause(retryInMs, signal) : pace.rest(retryInMs, signal));
    },
  };
}
