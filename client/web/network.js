import { pause } from './transports/pace.js';

/**
 * How the transports reach the server, with trouble on purpose. While nothing is set it is the browser's own
 * network. The faults are `offline`; `holding`, answers wait until it ends; `losing`, one answer in three is
 * lost and its connection with it; `delayMs`, how much later than it came each answer is handed over;
 * `roundTripMs`, half of which passes before a request is sent, and half before an answer is handed over.
 */
export function network({ browser = globalThis, random = Math.random } = {}) {
  const faults = { offline: false, holding: false, losing: false, delayMs: 0, roundTripMs: 0 };
  const cuts = new Set();
  let releases = [];

  const cut = () => [...cuts].forEach((one) => one());
  const released = () => new Promise((resolve) => releases.push(resolve));
  const transit = () => faults.roundTripMs / 2;
  const loses = () => faults.losing && random() < 1 / 3;

  /** Resolves when what has just arrived may be handed over. */
  async function passes() {
    const late = faults.delayMs + transit();
    if (late > 0) {
      await new Promise((resolve) => setTimeout(resolve, late));
    }
    while (faults.holding) {
      await released();
    }
  }

  async function fetch(address, { signal, ...request }) {
    const connection = new AbortController();
    const lose = () => connection.abort(new TypeError('the connection was cut on purpose'));
    const either = AbortSignal.any([signal, connection.signal]);
    if (faults.offline) {
      lose();
    }
    cuts.add(lose);
    try {
      if (transit() > 0) {
        await pause(transit(), either);
      }
      const response = await browser.fetch(address, { ...request, signal: either });
      await Promise.race([passes(), aborted(either)]);
      if (loses()) {
        lose();
      }
      either.throwIfAborted();
      return response;
    } finally {
      cuts.delete(lose);
    }
  }

  /**
   * Opens a connection by `open(browser, told)`. It returns an object with `close`, and calls `told.open`,
   * `told.message` and `told.end` when the connection opens, brings a message or ends. Each call is passed on to
   * `handlers`, in order, and none after `end`.
   */
  function connect(open, handlers) {
    let connection = null;
    let ended = false;
    let opening = null;
    let turn = Promise.resolve();
    const close = () => {
      ended = true;
      clearTimeout(opening);
      cuts.delete(lose);
      connection?.close();
    };
    const lose = () => {
      if (!ended) {
        close();
        handlers.end({ code: 1006 });
      }
    };
    const handOver = (name, facts) => {
      if (name === 'message' && loses()) {
        lose();
      } else if (!ended) {
        handlers[name](...facts);
      }
    };
    const inTurn =
      (name) =>
      (...facts) => {
        const passing = passes();
        turn = turn.then(() => passing).then(() => handOver(name, facts));
      };
    const start = () => {
      connection = open(browser, { open: inTurn('open'), message: inTurn('message'), end: inTurn('end') });
    };
    cuts.add(lose);
    if (faults.offline) {
      queueMicrotask(lose);
    } else if (transit() > 0) {
      opening = setTimeout(start, transit());
    } else {
      start();
    }
    return { close };
  }

  return {
    fetch,
    connect,

    /** Whether any fault is set. */
    isTroubled: () => Object.values(faults).some(Boolean),

    /** The round trip that is imitated, in milliseconds; 0 for none. */
    roundTripMs: () => faults.roundTripMs,

    /** Cuts every connection that is open. */
    cut,

    /** Makes the faults what `changes` says. */
    set(changes) {
      Object.assign(faults, changes);
      if (faults.offline) {
        cut();
      }
      if (!faults.holding) {
        releases.forEach((release) => release());
        releases = [];
      }
    },
  };
}

const aborted = (signal) =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
