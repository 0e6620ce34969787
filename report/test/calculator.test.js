import assert from 'node:assert/strict';
import { test } from 'node:test';
import { advise } from '#model/advice.js';
import { age, calculate, least } from '#model/calculator.js';
import { loadOf } from '#model/load.js';
import { defaults, firstChoice, fromHash, toHash } from '#model/settings.js';
import { onTheWire } from '#model/wire.js';
import { model, transport, without } from '../testing/models.js';

const near = (value, expected) =>
  assert.ok(Math.abs(value - expected) < 1e-6 * Math.max(1, expected), `${value} is not ${expected}`);

const one = (made, settings) => {
  const all = model(made);
  return calculate(all, { ...defaults(all), ...settings })[0];
};

test('distance adds half a round trip to push, and to short polling what it does to the cycle', () => {
  const settings = { clients: 100, updatesPerSecond: 1, roundTripMillis: 200, pollIntervalMillis: 1000 };
  near(one(transport('websocket'), settings).values.deliveryMedianMicros.value, 1000 + 1000 + 100_000);
  near(one(transport('short-polling'), settings).values.deliveryMedianMicros.value, 1000 + 500_000 + 200_000);
});

test('long polling takes from half to one and a half round trips, the more often it is asking', () => {
  const p99 = (updatesPerSecond) =>
    one(transport('long-polling'), { clients: 100, roundTripMillis: 200, updatesPerSecond }).values.deliveryP99Micros
      .value - 4000;
  near(p99(0.01), 100_000);
  near(p99(1), 100_000 + (0.19 / 0.2) * 200_000);
  near(p99(50), 100_000 + 0.99 * 200_000);
});

const load = (id, settings) => {
  const all = model(transport(id));
  return loadOf(all, all.transports[0].asking, { ...defaults(all), roundTripMillis: 0, ...settings });
};

test('short polling asks once an interval, and brings no more versions than that', () => {
  const counts = (updatesPerSecond) => {
    const { deliveries, empty, requests, seen } = load('short-polling', { clients: 10, updatesPerSecond });
    return { deliveries, empty, requests, seen };
  };
  assert.deepEqual(counts(0.25), { deliveries: 2.5, empty: 7.5, requests: 10, seen: 1 });
  assert.deepEqual(counts(20), { deliveries: 10, empty: 0, requests: 10, seen: 0.05 });
});

test('a long poll that ends with nothing is asked again', () => {
  near(load('long-polling', { clients: 24, updatesPerSecond: 1e-6 }).requests, 1.000012);
  near(load('long-polling', { clients: 24, updatesPerSecond: 2 }).requests, 48);
});

test('a rate of each task is the same times the tasks, and a client sees one task', () => {
  const settings = { clients: 100, tasks: 10, updatesPerSecond: 2 };
  const all = load('sse', { ...settings, rateOf: 'all' });
  const each = load('sse', { ...settings, rateOf: 'each' });
  assert.deepEqual([all.updates, all.deliveries, all.herd], [2, 20, 10]);
  assert.deepEqual([each.updates, each.deliveries, each.herd], [20, 200, 10]);
});

test('a push is a packet and its acknowledgement, a TLS record is 22 bytes more', () => {
  const once = load('sse', { clients: 10, updatesPerSecond: 1 });
  const forEver = { stayMinutes: Infinity };
  const bytes = { out: 2000, in: 0 };
  assert.deepEqual(onTheWire('once', once, bytes, { tls: 'none', ...forEver }), { out: 520, in: 520 });
  assert.deepEqual(onTheWire('once', once, bytes, { tls: 'tls', ...forEver }), { out: 740, in: 520 });
  const large = onTheWire('once', once, { out: 20_000, in: 0 }, { tls: 'none', ...forEver });
  assert.deepEqual(large, { out: 1040, in: 520 });
});

test('the sooner clients leave, the more is sent to connect others', () => {
  const once = load('sse', { clients: 600, updatesPerSecond: 1 });
  const out = (stayMinutes) => onTheWire('once', once, { out: 0, in: 0 }, { tls: 'tls', stayMinutes }).out;
  assert.ok(out(1) > out(10));
  assert.equal(out(Infinity), 600 * (52 + 22));
});

test('who is told one second late of an update every two is a quarter of a second stale', () => {
  near(age(1, 0, 2), 0.25);
  near(age(3, 0, 2), 2);
  near(age(0, 2, 2), 2 / 6);
});

test('costs are the parts times their prices', () => {
  const { values } = one(transport('websocket', { cpu: 100, bytes: 0, kib: 1024 }), {
    clients: 1024,
    updatesPerSecond: 1,
    payloadBytes: 1024,
    cpuHourPrice: 1,
    memoryPrice: 5,
    trafficPrice: 0.1,
    tls: 'none',
    stayMinutes: Infinity,
  });
  near(values.cores.value, 0.1024);
  near(values.costPerMonth.value, 0.1024 * 730 + 5 + ((730 * 3600) / 1024) * 0.1 * (1 + 52 / 1024));
});

test('an empty answer that was not measured counts as one with a version, and the page says so', () => {
  const settings = { clients: 1, updatesPerSecond: 0.001, roundTripMillis: 0 };
  const unknown = one(transport('long-polling', { cpu: 50 }), settings);
  const { deliveries, empty } = load('long-polling', settings);
  near(unknown.values.cores.value, (deliveries + empty) * 50e-6);
  assert.deepEqual(unknown.notes, ['emptyAnswer']);
  const known = one(transport('long-polling', { cpu: 50, empty: 20 }), settings);
  near(known.values.cores.value, (deliveries * 50 + empty * 20) * 1e-6);
  assert.deepEqual(known.notes, []);
});

test('what was not measured is not calculated, nor anything that rests on it', () => {
  const made = without('serverCpuMicros', transport('sse'));
  const { values } = one(made, {});
  assert.deepEqual(values.cores, { needs: 'measurement' });
  assert.deepEqual(values.costPerMonth, { needs: 'measurement' });
  assert.ok(values.deliveryMedianMicros.value > 0);
});

test('says what lies outside of what was measured, and what is too late or too much', () => {
  assert.deepEqual(one(transport('sse'), { clients: 5000, payloadBytes: 100 }).outside, ['clients']);
  assert.deepEqual(one(transport('sse'), { clients: 1000, updatesPerSecond: 0.5 }).outside, []);
  assert.equal(one(transport('sse'), { clients: 100, limitMillis: 10, roundTripMillis: 0 }).late, false);
  assert.equal(one(transport('sse'), { clients: 100, limitMillis: 10, roundTripMillis: 20 }).late, true);
  assert.equal(one(transport('sse', { cpu: 1000 }), { clients: 1000, updatesPerSecond: 3 }).overload, true);
});

test('the bounds are wider far from the cells', () => {
  const made = transport('sse');
  made.quantities.deliveryMedianMicros.covariance = [
    [100, 0],
    [0, 1],
  ];
  const factor = (clients) => {
    const { value, low, high } = one(made, { clients, roundTripMillis: 0 }).values.deliveryMedianMicros;
    near(high / value, value / low);
    return high / value;
  };
  near(factor(100), Math.exp(Math.sqrt(100 + 100 ** 2) / 2000));
  assert.ok(factor(1000) > factor(100));
});

test('no transport is lowest where bounds overlap, nor one that is too late', () => {
  const all = (scatter, limitMillis) => {
    const made = model(
      transport('sse', { cpu: 12, scatter }),
      transport('websocket', { cpu: 10, scatter }),
      transport('short-polling', { cpu: 1 }),
    );
    return least(calculate(made, { ...defaults(made), limitMillis }), 'cores');
  };
  assert.deepEqual(all(0.05, 500), { best: 'websocket', tied: ['websocket'] });
  assert.deepEqual(all(0.15, 500), { best: 'websocket', tied: ['websocket', 'sse'] });
  assert.deepEqual(all(0.05, 5000).tied, ['short-polling']);
  assert.equal(all(0.05, 1), null);
});

const advised = (settings, ...transports) => {
  const made = model(...transports);
  const free = { memoryPrice: 0, trafficPrice: 0, cpuHourPrice: 1, matters: 0, limitMillis: 5000 };
  const advice = advise(calculate(made, { ...defaults(made), ...free, ...settings }), { matters: 0, ...settings });
  const ids = (rows) => rows.map((it) => it.transport);
  return { kind: advice.kind, equal: ids(advice.equal ?? []), others: ids(advice.others ?? []), ...skips(advice) };
};
const skips = ({ skipping }) => ({ skipping: skipping.map((it) => it.transport) });

test('advice names the cheapest, and all that cost the same within what matters', () => {
  const two = [transport('sse', { cpu: 10 }), transport('websocket', { cpu: 20 })];
  assert.equal(advised({}, ...two).kind, 'best');
  assert.deepEqual(advised({}, ...two).equal, ['sse']);
  assert.deepEqual(advised({ matters: 1000 }, ...two), {
    kind: 'equal',
    equal: ['sse', 'websocket'],
    others: [],
    skipping: [],
  });
  assert.equal(advised({}, transport('sse', { cpu: 10 }), transport('websocket', { cpu: 12 })).kind, 'equal');
  assert.equal(advised({ limitMillis: 1 }, ...two).kind, 'none');
  assert.equal(advised({}, without('serverCpuMicros', transport('sse'))).kind, 'unknown');
});

test('advice does not call a transport cheapest that skips versions, and says what it costs', () => {
  const settings = { updatesPerSecond: 20, clients: 10 };
  const two = [transport('sse', { cpu: 10 }), transport('short-polling', { cpu: 1 })];
  assert.deepEqual(advised(settings, ...two), {
    kind: 'best',
    equal: ['sse'],
    others: ['short-polling'],
    skipping: ['short-polling'],
  });
  assert.deepEqual(advised({ ...settings, updatesPerSecond: 0.1 }, ...two).skipping, []);
});

test('the address keeps what differs from the first values, and nothing that makes no sense', () => {
  const made = model(transport('sse'));
  const first = { settings: defaults(made), choice: firstChoice() };
  const settings = { ...defaults(made), clients: 321, limitMillis: 0 };
  const choice = { measure: 'weighted', across: 'roundTripMillis', weights: { ...firstChoice().weights, cores: 0 } };
  const hash = toHash('map', settings, choice, made);
  assert.equal(hash, '#map?clients=321&limitMillis=0&measure=weighted&across=roundTripMillis&cores=0');
  assert.deepEqual(fromHash(hash, made), { settings, choice });
  assert.equal(toHash('map', first.settings, first.choice, made), '');
  for (const senseless of [
    '#calculator?clients=-4&updatesPerSecond=0&x=1&roundTripMillis=abc&cpuHourPrice=&tasks=20000&rateOf=none&tls=1',
    '#map?measure=luck&across=&cores=11&memoryKiB=-1&bytesPerSecond=',
    '#figures',
  ]) {
    assert.deepEqual(fromHash(senseless, made), first);
  }
});

test('a model of nothing still has first values', () => {
  const none = model();
  assert.deepEqual(calculate(none, defaults(none)), []);
  assert.ok(Object.values(defaults(none)).every((it) => typeof it === 'string' || Number.isFinite(it)));
});
