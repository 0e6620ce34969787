// The settings of the calculator and the map, and their form in the address. Pure: no page.
import { ACROSS, MEASURES, WEIGHED } from '#model/map.js';

const HEAVIEST = 10;
const AT_LEAST_ONE = ['clients', 'tasks'];
const POSITIVE = ['updatesPerSecond', 'pollIntervalMillis', 'stayMinutes'];
const MOST_TASKS = 10_000;
/** Settings with a choice of values, the initial one first. */
export const CHOICES = { rateOf: ['all', 'each'], tls: ['tls', 'none'] };

/** The settings with their initial values. Prices are examples. */
export function defaults(model) {
  const payload = Math.max(
    0,
    ...model.transports.map(({ payloadBytes: { lowest, highest } }) => (lowest + highest) / 2),
  );
  const clients = model.transports.map((it) => it.clients.highest);
  return {
    clients: Math.max(1, ...clients),
    tasks: 1,
    updatesPerSecond: 1,
    rateOf: CHOICES.rateOf[0],
    limitMillis: 2000,
    roundTripMillis: 40,
    pollIntervalMillis: model.pollIntervalMillis ?? 1000,
    payloadBytes: Math.round(payload),
    tls: CHOICES.tls[0],
    stayMinutes: 10,
    matters: 1,
    cpuHourPrice: 0.04,
    memoryPrice: 3,
    trafficPrice: 0.08,
  };
}

/** The lowest value that a setting may have. */
export function lowest(name) {
  return AT_LEAST_ONE.includes(name) ? 1 : POSITIVE.includes(name) ? 0.000001 : 0;
}

/** The highest value that a setting may have; undefined if there is none. */
export function highest(name) {
  return name === 'tasks' ? MOST_TASKS : undefined;
}

/** Valid settings: an invalid value is replaced by the default. */
export function valid(settings, model) {
  const all = defaults(model);
  for (const [name, value] of Object.entries(settings)) {
    if (name in all && isValid(name, value)) {
      all[name] = value;
    }
  }
  return all;
}

function isValid(name, value) {
  return name in CHOICES
    ? CHOICES[name].includes(value)
    : Number.isFinite(value) && value >= lowest(name) && value <= (highest(name) ?? Infinity);
}

/** The initial choice of the map: the cost per month, and equal weights. */
export function firstChoice() {
  const weights = Object.fromEntries(WEIGHED.map((name) => [name, HEAVIEST / 2]));
  return { measure: MEASURES[0], across: ACROSS[0], weights };
}

/** The settings and the choice that differ from the initial ones, as the address of a part of the page. */
export function toHash(part, settings, choice, model) {
  const first = flat(defaults(model), firstChoice());
  const changed = Object.entries(flat(settings, choice)).filter(
    ([name, value]) => name in first && value !== first[name],
  );
  return changed.length === 0 ? '' : `#${part}?${new URLSearchParams(changed)}`;
}

/** The { settings, choice } of an address; a missing or invalid value is the initial one. */
export function fromHash(hash, model) {
  const [, query = ''] = hash.split('?');
  const kept = new URLSearchParams(query);
  const numbers = Object.fromEntries([...kept].map(([name, value]) => [name, value === '' ? NaN : Number(value)]));
  const choice = firstChoice();
  if (MEASURES.includes(kept.get('measure'))) choice.measure = kept.get('measure');
  if (ACROSS.includes(kept.get('across'))) choice.across = kept.get('across');
  for (const name of WEIGHED) {
    if (numbers[name] >= 0 && numbers[name] <= HEAVIEST) choice.weights[name] = numbers[name];
  }
  const chosen = Object.fromEntries(Object.keys(CHOICES).map((name) => [name, kept.get(name)]));
  return { settings: valid({ ...numbers, ...chosen }, model), choice };
}

const flat = (settings, { measure, across, weights }) => ({ ...settings, measure, across, ...weights });
