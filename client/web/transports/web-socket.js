import { hear, question, Trouble } from '../wire.js';
import { backoff } from './backoff.js';

/** About what stands around the text: the answer to the handshake once, then the frame's own head. */
const HEAD_BYTES = 130;
const FRAME_BYTES = 4;

/**
 * Opens one connection of its own, both ways; the server sends each version as a frame.
 * Hands over every snapshot newer than `seen` that it meets, until the signal is aborted.
 */
export async function subscribe({ url, task, seen, network, pace, signal, onSnapshot, onWire }) {
  const retry = backoff();
  while (!signal.aborted) {
    try {
      onWire({ type: 'request' });
      const source = network.webSocket(question('ws', { url, task, seen }));
      await socket(source, signal, (answer) => {
        seen = hear(answer, { seen, onSnapshot, onWire });
        retry.reset();
      });
    } catch (failure) {
      await retry.rest(failure, { signal, pace, onWire });
    }
  }
}

/** Resolves when the signal is aborted, rejects when the connection fails. */
async function socket(source, signal, take) {
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
      source.onmessage = ({ data }) => takeOrFail({ code: 'message', body: data, around: FRAME_BYTES });
      source.onclose = ({ code }) => reject(new Trouble(opened ? 'cut' : 'refused', { code }));
      signal.addEventListener('abort', resolve, { once: true });
    });
  } finally {
    source.close();
  }
}
