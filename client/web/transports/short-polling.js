import { exchange, hear, question } from '../wire.js';
import { backoff, pause } from './backoff.js';

/** Off the full second, so that updates on a regular beat are not met at the same moment each time. */
const INTERVAL_MS = 970;
const ANSWER_WITHIN_MS = 10_000;

/**
 * Asks again and again; the server answers at once, news or not.
 * Hands over every snapshot newer than `seen` that it meets, until the signal is aborted.
 */
export async function subscribe({ url, task, seen, signal, onSnapshot, onWire }) {
  const retry = backoff();
  while (!signal.aborted) {
    try {
      onWire({ type: 'request' });
      const body = await exchange(question('status', { url, task }), {
        headers: seen ? { 'If-None-Match': `"${seen.epoch}-${seen.version}"` } : {},
        atMost: ANSWER_WITHIN_MS,
        signal,
      });
      seen = hear(body, { seen, onSnapshot, onWire });
      retry.reset();
      await pause(INTERVAL_MS, signal);
    } catch (failure) {
      await retry.rest(failure, { signal, onWire });
    }
  }
}
