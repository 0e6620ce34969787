/**
 * How the transports reach the server, with trouble on purpose. While nothing is set it is the browser's own
 * network. The faults are `offline`; `holding`, answers wait until it ends; `losing`, one answer in three is
 * lost and its connection with it; `delayMs`, how much later than it came each answer is handed over.
 */
export function network({ browser = globalThis, random = Math.random } = {}) {
  const faults = { offline: false, holding: false, losing: false, delayMs: 0 };
  const cuts = new Set();
  let releases = [];

  const cut = () => [...cuts].forEach((one) => one());
  const released = () => new Promise((resolve) => releases.push(resolve));
  const loses = () => faults.losing && random() < 1 / 3;

  /** Resolves when what has just arrived may be handed over. */
  async function passes() {
    if (faults.delayMs > 0) {
      await new Promise((resolve) => setTimeout(resolve, faults.delayMs));
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

  /** A source of events, each handed over in its turn; `onfailure` names the handler that hears of its end. */
  function line(open, onfailure) {
    let source = null;
    let ended = false;
    let turn = Promise.resolve();
    const hand = {
      close() {
        ended = true;
        cuts.delete(lose);
        source?.close();
      },
    };
    const lose = () => {
      if (!ended) {
        hand.close();
        hand[onfailure]({ code: 1006 });
      }
    };
    const handOver = (name, event) => {
      if (name === 'onmessage' && loses()) {
        lose();
      } else if (!ended) {
        hand[name]?.(event);
      }
    };
    const inTurn = (name) => (event) => {
      const passing = passes();
      turn = turn.then(() => passing).then(() => handOver(name, event));
    };
    cuts.add(lose);
    if (faults.offline) {
      queueMicrotask(lose);
    } else {
      source = open({ onopen: inTurn('onopen'), onmessage: inTurn('onmessage'), [onfailure]: inTurn(onfailure) });
    }
    return hand;
  }

  return {
    fetch,

    /** Whether any fault is set. */
    isTroubled: () => Object.values(faults).some(Boolean),

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

    eventSource: (address) => line((handlers) => Object.assign(new browser.EventSource(address), handlers), 'onerror'),

    webSocket: (address) =>
      line((handlers) => {
        const at = new URL(address);
        at.protocol = at.protocol.replace('http', 'ws');
        const socket = Object.assign(new browser.WebSocket(at), handlers);
        return { close: () => close(socket) };
      }, 'onclose'),
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

const aborted = (signal) =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
