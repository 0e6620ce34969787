export const DEFAULT_TRANSPORT = 'long-polling';

/**
 * What the query of an address asks for: `transport`, `task` and `language` (null where the address names none).
 * A transport that is not among `transports` gives the default one, and stands in `unknownTransport`.
 */
export function readAddress(query, transports) {
  const parameters = new URLSearchParams(query);
  const named = parameters.get('transport') || DEFAULT_TRANSPORT;
  const known = transports.includes(named);
  return {
    transport: known ? named : DEFAULT_TRANSPORT,
    unknownTransport: known ? null : named,
    task: parameters.get('task') || 'default',
    language: parameters.get('lang'),
  };
}

/** The query with one parameter set to another value, the others as they were. */
export function withParameter(query, name, value) {
  const parameters = new URLSearchParams(query);
  parameters.set(name, value);
  return `?${parameters}`;
}
