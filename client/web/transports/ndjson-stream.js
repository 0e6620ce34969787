import { headOf, hear, question, refusal, Trouble } from '../wire.js';
import { backoff } from './backoff.js';
import { stream } from './stream.js';

/** About what stands around a line: its line feed, and the chunk's size and line ends. */
const LINE_BYTES = 7;

/** No snapshot has as many characters. */
const LONGEST = 65_536;

export const holdsConnection = true;

/**
 * Asks once and keeps the answer open; the server writes each version as a line of JSON.
 * Hands over every snapshot newer than `seen` that it meets, until the signal is aborted.
 */
export async function subscribe({ url, task, seen, network, pace, signal, onSnapshot, onWire }) {
  const retry = backoff();
  while (!signal.aborted) {
    try {
      onWire({ type: 'request' });
      await stream(opening(question('stream', { url, task, seen })), {
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

function opening(address) {
  return (browser, told) => {
    const reading = new AbortController();
    read(browser.fetch, address, told, reading.signal).then(told.end, told.end);
    return { close: () => reading.abort() };
  };
}

/** Reads the answer line by line as it comes, and returns when it has ended. An empty line is a heartbeat. */
async function read(fetch, address, told, signal) {
  const response = await fetch(address, { cache: 'no-store', signal });
  if (!response.ok) {
    throw refusal(response, await response.text());
  }
  told.open(headOf(response));
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    const lines = (rest + piece.value).split('\n');
    rest = lines.pop();
    if (rest.length > LONGEST) {
      throw new Trouble('not-a-snapshot', { said: rest.slice(0, 60) });
    }
    for (const line of lines.filter((it) => it.trim() !== '')) {
      told.message(line, LINE_BYTES);
    }
  }
}
