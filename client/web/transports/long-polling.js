import { exchange, hear, question } from '../wire.js';
import { backoff } from './backoff.js';

/** The server holds a request for up to 25 s; what takes much longer is lost. */
const ANSWER_WITHIN_MS = 35_000;
const HIDDEN_REST_MS = 5_000;

export const holdsConnection = true;
export const asksAfterEachAnswer = true;

/**
 * No two tabs ask alike: a cache on the way may answer equal held requests one after another, whatever `no-store`
 * says (Varnish 7). Servers ignore what they do not know.
 */
const TAB = Math.random().toString(36).slice(2, 10);

/**
 * Asks, and asks again as soon as it is answered; the server holds each request until there is news. The first
 * question, and the one after a failure, is not to be held: it tells that the server is there.
 * Hands over every snapshot newer than `seen` that it meets, until the signal is aborted.
 */
export async function subscribe({ url, task, seen, network, pace, signal, onSnapshot, onWire }) {
  const retry = backoff();
  let wait = 0;
  while (!signal.aborted) {
    try {
      onWire({ type: 'request' });
      const address = question('poll-status', { url, task, seen, wait });
      address.searchParams.set('tab', TAB);
      const answer = await exchange(address, {
        fetch: network.fetch,
        atMost: ANSWER_WITHIN_MS,
        signal,
      });
      seen = hear(answer, { seen, onSnapshot, onWire });
      retry.reset();
      wait = undefined;
      await pace.rest(0, signal, { hidden: HIDDEN_REST_MS });
    } catch (failure) {
      wait = 0;
      await retry.rest(failure, { signal, pace, onWire });
    }
  }
}
