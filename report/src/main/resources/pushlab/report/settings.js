// What the reader of the calculator sets, and how the address keeps it. Pure: no page.

/** What the reader may set, with what stands there first. Prices are examples. */
export function defaults(model) {
  const payload = Math.max(0, ...model.transports.map((it) => it.payloadBytes.highest));
  const clients = model.transports.map((it) => it.clients.highest);
  return {
    clients: Math.max(1, ...clients),
    updatesPerSecond: 1,
    limitMillis: 2000,
    roundTripMillis: 40,
    pollIntervalMillis: model.pollIntervalMillis ?? 1000,
    payloadBytes: Math.round(payload),
    cpuHourPrice: 0.04,
    memoryPrice: 3,
    trafficPrice: 0.08,
  };
}

/** Settings that can be reckoned with: a number that makes no sense gives way to the default. */
export function valid(settings, model) {
  const all = defaults(model);
  for (const [name, value] of Object.entries(settings)) {
    const least = name === 'clients' ? 1 : 0;
    const positive = ['updatesPerSecond', 'pollIntervalMillis'].includes(name);
    if (name in all && Number.isFinite(value) && value >= least && !(positive && value === 0)) {
      all[name] = value;
    }
  }
  return all;
}

/** The settings that differ from the defaults, as the page's address keeps them. */
export function toHash(settings, model) {
  const all = defaults(model);
  const changed = Object.entries(settings).filter(([name, value]) => name in all && value !== all[name]);
  return changed.length === 0 ? '' : '#calculator?' + new URLSearchParams(changed);
}

/** The settings that an address keeps; whatever is not there or makes no sense is the default. */
export function fromHash(hash, model) {
  const [, query = ''] = hash.split('?');
  const kept = Object.fromEntries(
    [...new URLSearchParams(query)].map(([name, value]) => [name, value === '' ? NaN : Number(value)]),
  );
  return valid(kept, model);
}
