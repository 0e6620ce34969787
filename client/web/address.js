export const DEFAULT_TRANSPORT = 'long-polling';

/**
 * What the query of an address asks for: `transport`, `task`, `language` (null where the address names none), and
 * whether the `race` of all transports is to be seen. A transport that is not among `transports` gives the default
 * one, and stands in `unknownTransport`.
 */
export function readAddress(query, transports) {
  const parameters = new URLSearchParams(query);
  const named = parameters.get('transport') || DEFAULT_TRANSPORT;
  const known = transports.includes(named);
  return {
    transport: known ? named : DEFAULT_TRANSPORT,
    unknownTransport: known ? null : named,
    race: parameters.get('view') === 'race',
    task: parameters.get('task') || 'default',
    language: parameters.get('lang'),
  };
}

/** The query with one parameter set to another value, or without it where that is null; the others as they were. */
export function withParameter(query, name, value) {
  const parameters = new URLSearchParams(query);
  if (value === null) {
    parameters.delete(name);
  } else {
    parameters.set(name, value);
  }
  return `?${parameters}`;
}
