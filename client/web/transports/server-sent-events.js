import { hear, question, Trouble } from '../wire.js';
import { backoff } from './backoff.js';

/**
 * Asks once and keeps the answer open; the server writes each version into it.
 * Hands over every snapshot newer than `seen` that it meets, until the signal is aborted.
 */
export async function subscribe({ url, task, seen, signal, onSnapshot, onWire }) {
  const retry = backoff();
  while (!signal.aborted) {
    try {
      onWire({ type: 'request' });
      await stream(question('events', { url, task, seen }), signal, (text) => {
        seen = hear(text, { seen, onSnapshot, onWire });
        retry.reset();
      });
    } catch (failure) {
      await retry.rest(failure, { signal, onWire });
    }
  }
}

/**
 * Resolves when the signal is aborted, rejects when the stream fails. An EventSource left alone tries again at a
 * fixed pace, after some failures and not after others; closing it at the first lets all transports retry alike.
 */
async function stream(address, signal, take) {
  const source = new EventSource(address);
  try {
    await new Promise((resolve, reject) => {
      const takeOrFail = (text) => {
        try {
          take(text);
        } catch (failure) {
          reject(failure);
        }
      };
      let opened = false;
      source.onopen = () => {
        opened = true;
        takeOrFail('');
      };
      source.onmessage = ({ data }) => takeOrFail(data);
      source.onerror = () => reject(new Trouble(opened ? 'cut' : 'refused'));
      signal.addEventListener('abort', resolve, { once: true });
    });
  } finally {
    source.close();
  }
}
