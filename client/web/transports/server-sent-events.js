import { hear, question, Trouble } from '../wire.js';
import { backoff } from './backoff.js';

/** About what stands around the data: the answer's head once, then `id: `, `data: `, line ends and the chunk's size. */
const HEAD_BYTES = 180;
const EVENT_BYTES = 19;

/**
 * Asks once and keeps the answer open; the server writes each version into it.
 * Hands over every snapshot newer than `seen` that it meets, until the signal is aborted.
 */
export async function subscribe({ url, task, seen, network, pace, signal, onSnapshot, onWire }) {
  const retry = backoff();
  while (!signal.aborted) {
    try {
      onWire({ type: 'request' });
      const source = network.eventSource(question('events', { url, task, seen }));
      await stream(source, signal, (answer) => {
        seen = hear(answer, { seen, onSnapshot, onWire });
        retry.reset();
      });
    } catch (failure) {
      await retry.rest(failure, { signal, pace, onWire });
    }
  }
}

/**
 * Resolves when the signal is aborted, rejects when the stream fails. An EventSource left alone tries again at a
 * fixed pace, after some failures and not after others; closing it at the first lets all transports retry alike.
 */
async function stream(source, signal, take) {
  try {
    await new Promise((resolve, reject) => {
      const takeOrFail = (answer) => {
        try {
          take(answer);
        } catch (failure) {
          reject(failure);
        }
      };
      let opened = false;
      source.onopen = () => {
        opened = true;
        takeOrFail({ code: 'open', body: '', around: HEAD_BYTES });
      };
      source.onmessage = ({ data, lastEventId }) =>
        takeOrFail({ code: 'message', body: data, around: EVENT_BYTES + lastEventId.length });
      source.onerror = () => reject(new Trouble(opened ? 'cut' : 'refused'));
      signal.addEventListener('abort', resolve, { once: true });
    });
  } finally {
    source.close();
  }
}
