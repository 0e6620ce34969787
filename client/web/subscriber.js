import { initialState, positionOf, reduce } from './state.js';

/**
 * One subscriber of one task, over one of `transports` (subscribe functions by name) at a time, each given what
 * stands in `means` too. `onChange` is told the state after every event, and the event. A change of transport goes
 * on from the version shown.
 */
export function subscriber({ transports, onChange, now = Date.now, ...means }) {
  let state = initialState(Object.keys(transports));
  let subscription = new AbortController();

  const happen = (event) => {
    const timed = { ...event, at: now() };
    state = reduce(state, timed);
    onChange(state, timed);
  };

  return {
    /** Leaves the present transport for another; resolves when that one has been left in its turn. */
    async switchTo(transport) {
      subscription.abort();
      subscription = new AbortController();
      const { signal } = subscription;
      const whileSubscribed = (event) => signal.aborted || happen(event);
      happen({ type: 'subscribe', transport });
      await transports[transport]({
        ...means,
        seen: positionOf(state),
        signal,
        onSnapshot: (snapshot) => whileSubscribed({ type: 'snapshot', snapshot }),
        onWire: whileSubscribed,
      });
    },

    /** Counts from nothing again. */
    reset: () => happen({ type: 'reset' }),

    /** Leaves the present transport. */
    stop() {
      subscription.abort();
      happen({ type: 'leave' });
    },
  };
}
