import { exchange, hear, question } from '../wire.js';
import { backoff } from './backoff.js';

/** The server holds a request for up to 25 s; what takes much longer is lost. */
const ANSWER_WITHIN_MS = 35_000;

/**
 * Asks, and asks again as soon as it is answered; the server holds each request until there is news.
 * Hands over every snapshot newer than `seen` that it meets, until the signal is aborted.
 */
export async function subscribe({ url, task, seen, signal, onSnapshot, onWire }) {
  const retry = backoff();
  while (!signal.aborted) {
    try {
      onWire({ type: 'request' });
      const body = await exchange(question('poll-status', { url, task, seen }), {
        atMost: ANSWER_WITHIN_MS,
        signal,
      });
      seen = hear(body, { seen, onSnapshot, onWire });
      retry.reset();
    } catch (failure) {
      await retry.rest(failure, { signal, onWire });
    }
  }
}
