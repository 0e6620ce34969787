import { exchange, hear, question, Trouble } from '../wire.js';
import { backoff } from './backoff.js';

/** About what stands around the text: the answer to the handshake once, then the frame's own head. */
const HEAD_BYTES = 130;
const FRAME_BYTES = 4;
const REASON_WITHIN_MS = 5_000;

/**
 * Opens one connection of its own, both ways; the server sends each version as a frame.
 * Hands over every snapshot newer than `seen` that it meets, until the signal is aborted.
 */
export async function subscribe({ url, task, seen, network, pace, signal, onSnapshot, onWire }) {
  const retry = backoff();
  while (!signal.aborted) {
    const address = question('ws', { url, task, seen });
    try {
      onWire({ type: 'request' });
      const source = network.webSocket(address);
      await socket(source, signal, (answer) => {
        seen = hear(answer, { seen, onSnapshot, onWire });
        retry.reset();
      });
    } catch (failure) {
      await retry.rest(await reasonOf(failure, address, { network, signal }), { signal, pace, onWire });
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

/**
 * What went wrong, as far as can be known: a browser does not say why a socket did not open, but the same question
 * without an upgrade is answered, by 426 where nothing else is wrong.
 */
async function reasonOf(failure, address, { network, signal }) {
  if (failure.kind !== 'refused') {
    return failure;
  }
  try {
    await exchange(address, { fetch: network.fetch, atMost: REASON_WITHIN_MS, signal });
    return failure;
  } catch (answer) {
    if (answer.kind !== 'http') {
      return failure;
    }
    return answer.status === 426 ? new Trouble('not-upgraded', { by: answer.by }) : answer;
  }
}
