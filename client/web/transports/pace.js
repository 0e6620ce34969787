/**
 * How fast a subscriber continues. `isHidden` tells whether the page is hidden. When the page becomes visible, or comes
 * back online, it calls `wake`, and a subscriber that rests continues at once.
 */
export function pace({ isHidden = () => false, interval = 970 } = {}) {
  let waking = new AbortController();
  return {
    /** Milliseconds between two short polls. Not a whole second: each poll would meet regular updates at one moment. */
    interval,

    wake() {
      waking.abort();
      waking = new AbortController();
    },

    /** Aborted when it is woken next. */
    woken: () => waking.signal,

    /** Rests for `ms`, or for `hidden` while nobody looks; less if woken, or if the signal is aborted. */
    async rest(ms, signal, { hidden = ms } = {}) {
      await pause(isHidden() ? hidden : ms, AbortSignal.any([signal, waking.signal]));
    },
  };
}

/** Resolves after `ms`, or as soon as the signal is aborted. */
export function pause(ms, signal) {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
    if (signal.aborted) {
      done();
    }
  });
}
