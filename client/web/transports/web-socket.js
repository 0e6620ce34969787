import { hear, question, Trouble } from '../wire.js';
import { backoff } from './backoff.js';

/**
 * Opens one connection of its own, both ways; the server sends each version as a frame.
 * Hands over every snapshot newer than `seen` that it meets, until the signal is aborted.
 */
export async function subscribe({ url, task, seen, signal, onSnapshot, onWire }) {
  const retry = backoff();
  while (!signal.aborted) {
    try {
      onWire({ type: 'request' });
      await socket(question('ws', { url, task, seen }), signal, (text) => {
        seen = hear(text, { seen, onSnapshot, onWire });
        retry.reset();
      });
    } catch (failure) {
      await retry.rest(failure, { signal, onWire });
    }
  }
}

/** Resolves when the signal is aborted, rejects when the connection fails. */
async function socket(address, signal, take) {
  address.protocol = address.protocol.replace('http', 'ws');
  const source = new WebSocket(address);
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
      source.onclose = ({ code }) => reject(new Trouble(opened ? 'cut' : 'refused', { code }));
      signal.addEventListener('abort', resolve, { once: true });
    });
  } finally {
    close(source);
  }
}

/** A browser reports closing a socket that is still opening as an error of the page; so it may open first. */
function close(source) {
  source.onmessage = null;
  if (source.readyState === WebSocket.CONNECTING) {
    source.onopen = () => source.close();
  } else {
    source.close();
  }
}
