import { exchange, hear, question } from '../wire.js';
import { backoff } from './backoff.js';

const ANSWER_WITHIN_MS = 10_000;

export const asksAtIntervals = true;

/**
 * Asks again and again; the server answers at once, news or not.
 * Hands over every snapshot newer than `seen` that it meets, until the signal is aborted.
 */
export async function subscribe({ url, task, seen, network, pace, signal, onSnapshot, onWire }) {
  const retry = backoff();
  while (!signal.aborted) {
    try {
      onWire({ type: 'request' });
      const answer = await exchange(question('status', { url, task }), {
        headers: seen ? { 'If-None-Match': `"${seen.epoch}-${seen.version}"` } : {},
        fetch: network.fetch,
        atMost: ANSWER_WITHIN_MS,
        signal,
      });
      seen = hear(answer, { seen, onSnapshot, onWire });
      retry.reset();
      await pace.rest(pace.interval, signal, { hidden: 10 * pace.interval });
    } catch (failure) {
      await retry.rest(failure, { signal, pace, onWire });
    }
  }
}
