import { initialState, positionOf, reduce } from './state.js';

/**
 * One subscriber of one task, over one of `transports` (subscribe functions by name) at a time. `onChange` is
 * told the state after every event. A change of transport goes on from the version shown.
 */
export function subscriber({ url, task, transports, onChange, now = Date.now }) {
  let state = initialState(Object.keys(transports));
  let subscription = new AbortController();

  const happen = (event) => {
    state = reduce(state, { ...event, at: now() });
    onChange(state);
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
        url,
        task,
        seen: positionOf(state),
        signal,
        onSnapshot: (snapshot) => whileSubscribed({ type: 'snapshot', snapshot }),
        onWire: whileSubscribed,
      });
    },

    /** Leaves the present transport. */
    stop() {
      subscription.abort();
    },
  };
}
