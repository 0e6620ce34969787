import { exchange, hear, question, Trouble } from '../wire.js';
import { upgradeSetting } from '../proxies.js';
import { backoff } from './backoff.js';
import { stream } from './stream.js';

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
      await stream(opening(address), {
        network,
        signal,
        take(answer) {
          seen = hear(answer, { seen, onSnapshot, onWire });
          retry.reset();
        },
      });
    } catch (failure) {
      await retry.rest(await reasonOf(failure, address, { network, signal }), { signal, pace, onWire });
    }
  }
}

function opening(address) {
  return (browser, told) => {
    const url = new URL(address);
    url.protocol = url.protocol.replace('http', 'ws');
    const socket = Object.assign(new browser.WebSocket(url), {
      onopen: () => told.open(HEAD_BYTES),
      onmessage: ({ data }) => told.message(data, FRAME_BYTES),
      onclose: ({ code }) => told.end({ code }),
    });
    return { close: () => close(socket) };
  };
}

/** A browser reports closing a socket that is still opening as an error of the page; so it may open first. */
function close(socket) {
  if (socket.readyState === WebSocket.CONNECTING) {
    socket.onopen = () => socket.close();
  } else {
    socket.close();
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
    const { status, by } = answer;
    return status === 426 ? new Trouble('not-upgraded', { by, setting: upgradeSetting(by) }) : answer;
  }
}
