import { put } from './put.js';

/** Servers answer the first question at once, and a stream begins with a snapshot: what takes longer is held back. */
const SILENCE_MS = 5_000;

/** A view of the connection: its state in words, and what went wrong until it is right again. */
export function connectionView({ connection, trouble }) {
  return function render(state, { texts, at }) {
    connection.dataset.phase = state.phase;
    put(connection, phaseOf(state, { texts, at }));
    const wrong = state.trouble ?? (isSilent(state, at) ? { kind: 'silent' } : null);
    put(trouble, wrong ? texts.trouble[wrong.kind](wrong) : '');
  };
}

/** What a subscriber does, in words. */
export function phaseOf({ transport, phase, retryAt }, { texts, at }) {
  const words = texts.connection;
  return phase === 'retrying'
    ? words.retrying(Math.max(0, Math.ceil((retryAt - at) / 1000)))
    : (words[transport]?.[phase] ?? words.connecting);
}

function isSilent({ phase, askedAt, snapshot }, at) {
  return (phase === 'connecting' || snapshot === null) && askedAt !== null && at - askedAt > SILENCE_MS;
}
