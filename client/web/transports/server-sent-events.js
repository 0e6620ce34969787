import { hear, question } from '../wire.js';
import { backoff } from './backoff.js';
import { stream } from './stream.js';

/** About what stands around the data: the answer's head once, then `id: `, `data: `, line ends and the chunk's size. */
const HEAD_BYTES = 180;
const EVENT_BYTES = 19;

export const holdsConnection = true;

/**
 * Asks once and keeps the answer open; the server writes each version into it.
 * Hands over every snapshot newer than `seen` that it meets, until the signal is aborted.
 */
export async function subscribe({ url, task, seen, network, pace, signal, onSnapshot, onWire }) {
  const retry = backoff();
  while (!signal.aborted) {
    try {
      onWire({ type: 'request' });
      await stream(opening(question('events', { url, task, seen })), {
        network,
        signal,
        take(answer) {
          seen = hear(answer, { seen, onSnapshot, onWire });
          retry.reset();
        },
      });
    } catch (failure) {
      await retry.rest(failure, { signal, pace, onWire });
    }
  }
}

/**
 * An EventSource left alone tries again at a fixed pace, after some failures and not after others. Here its first
 * failure is its end, so that all transports try again alike.
 */
function opening(address) {
  return (browser, told) =>
    Object.assign(new browser.EventSource(address), {
      onopen: () => told.open(HEAD_BYTES),
      onmessage: ({ data, lastEventId }) => told.message(data, EVENT_BYTES + lastEventId.length),
      onerror: () => told.end({}),
    });
}
