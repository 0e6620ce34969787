import { put } from './put.js';

/** A view of the connection: its state in words, and what went wrong until it is right again. */
export function connectionView({ connection, trouble }) {
  return function render(state, { texts, at }) {
    connection.dataset.phase = state.phase;
    put(connection, phaseOf(state, { texts, at }));
    put(trouble, state.trouble ? texts.trouble[state.trouble.kind](state.trouble) : '');
  };
}

/** What a subscriber does, in words. */
export function phaseOf({ transport, phase, retryAt }, { texts, at }) {
  const words = texts.connection;
  return phase === 'retrying'
    ? words.retrying(Math.max(0, Math.ceil((retryAt - at) / 1000)))
    : (words[transport]?.[phase] ?? words.connecting);
}
