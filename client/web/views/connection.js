import { put } from './put.js';

/** A view of the connection: its state in words, and what went wrong until it is right again. */
export function connectionView({ connection, trouble }) {
  return function render({ transport, phase, trouble: failure, retryAt }, { texts, at }) {
    const words = texts.connection;
    connection.dataset.phase = phase;
    put(
      connection,
      phase === 'retrying'
        ? words.retrying(Math.max(0, Math.ceil((retryAt - at) / 1000)))
        : (words[transport]?.[phase] ?? words.connecting),
    );
    put(trouble, failure ? texts.trouble[failure.kind](failure) : '');
  };
}
