import { Trouble } from '../wire.js';
import { pause } from './pace.js';

/**
 * Exponential backoff with full jitter: after the first failure, a pause anywhere between nothing and `first`,
 * which doubles with each further failure in a row, up to `most`, so that subscribers who lost the server together do not come
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
     * Tells `onWire` of a Trouble and rests. If the server named a time, it rests at least that long; otherwise the
     * rest ends early when the pace is woken. Throws what is not a Trouble.
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
