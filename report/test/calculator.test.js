import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { age, calculate, least, ratesOf } from '#model/calculator.js';
import { defaults, firstChoice, fromHash, toHash } from '#model/settings.js';
import { model, transport, without } from '../testing/models.js';

const near = (value, expected) =>
  assert.ok(Math.abs(value - expected) < 1e-6 * Math.max(1, expected), `${value} is not ${expected}`);

const one = (made, settings) => {
  const all = model(made);
  return calculate(all, { ...defaults(all), ...settings })[0];
};

test('a measured cell is told within the error that its model states', () => {
  const report = JSON.parse(
    readFileSync(new URL('../src/test/resources/golden/good/expected/report.json', import.meta.url)),
  );
  let told = 0;
  for (const cell of report.cells) {
    const { transports } = report.model;
    const settings = {
      ...defaults(report.model),
      clients: cell.clients,
      updatesPerSecond: cell.updatesPerSecond,
      pollIntervalMillis: cell.pollIntervalMillis ?? 1000,
      roundTripMillis: 0,
      payloadBytes: cell.payloadBytesPerDelivery,
    };
    const { values } = calculate(report.model, settings).find((it) => it.transport === cell.transport);
    const { quantities, asking } = transports.find((it) => it.transport === cell.transport);
    const { deliveries } = ratesOf(report.model, asking, settings);
    const expected = [
      ['deliveryMedianMicros', values.deliveryMedianMicros.value, cell.correctedLatencyMicros.p50],
      ['deliveryP99Micros', values.deliveryP99Micros.value, cell.correctedLatencyMicros.p99],
      ['stalenessMillis', values.stalenessMillis.value, cell.stalenessMillis],
      [
        'serverCpuMicros',
        (values.cores.value * 1e6) / deliveries,
        cell.serverCpuMicrosPerDelivery * (1 - (cell.serverCompileShare ?? 0)),
      ],
      ['bytesOut', values.bytesPerSecond.value / deliveries, cell.bytesPerDelivery],
      [
        'memoryKiB',
        values.memoryKiB.value / cell.clients,
        cell.memoryKiBPerIdleConnection + cell.kernelKiBPerConnection,
      ],
    ];
    for (const [quantity, modelled, measured] of expected) {
      if (!quantities[quantity].needs && Number.isFinite(measured)) {
        const share = Math.abs(measured - modelled) / modelled;
        assert.ok(share <= quantities[quantity].worst + 0.02, `${cell.id}, ${quantity}: ${modelled} for ${measured}`);
        told++;
      }
    }
  }
  assert.ok(told >= 40, `only ${told} were told`);
});

test('distance adds half a round trip to push, and to short polling what it does to the cycle', () => {
  const settings = { clients: 100, updatesPerSecond: 1, roundTripMillis: 200, pollIntervalMillis: 1000 };
  near(one(transport('websocket'), settings).values.deliveryMedianMicros.value, 1000 + 1000 + 100_000);
  near(one(transport('short-polling'), settings).values.deliveryMedianMicros.value, 2000 + 500_000 + 200_000);
});

test('long polling takes from half to one and a half round trips, the more often it is asking', () => {
  const p99 = (updatesPerSecond) =>
    one(transport('long-polling'), { clients: 100, roundTripMillis: 200, updatesPerSecond }).values.deliveryP99Micros
      .value - 4000;
  near(p99(0.01), 100_000);
  near(p99(1), 100_000 + (0.19 / 0.2) * 200_000);
  near(p99(50), 100_000 + 0.99 * 200_000);
});

test('short polling asks once an interval, and brings no more versions than that', () => {
  const all = model(transport('short-polling'));
  const rates = (updatesPerSecond) =>
    ratesOf(all, 'at-intervals', { clients: 10, updatesPerSecond, pollIntervalMillis: 1000, roundTripMillis: 0 });
  assert.deepEqual(rates(0.25), { deliveries: 2.5, empty: 7.5, requests: 10 });
  assert.deepEqual(rates(20), { deliveries: 10, empty: 0, requests: 10 });
});

test('a long poll that ends with nothing is asked again', () => {
  const all = model(transport('long-polling'));
  const rates = (updatesPerSecond) =>
    ratesOf(all, 'after-each-answer', { clients: 24, updatesPerSecond, pollIntervalMillis: 1000, roundTripMillis: 0 });
  near(rates(1e-6).requests, 1.000012);
  near(rates(2).requests, 48);
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
  });
  near(values.cores.value, 0.1024);
  near(values.costPerMonth.value, 0.1024 * 730 + 5 + ((730 * 3600) / 1024) * 0.1);
});

test('an empty answer that was not measured is as dear as one that brings a version, and that is said', () => {
  const settings = { clients: 1, updatesPerSecond: 0.001, pollIntervalMillis: 1000, roundTripMillis: 0 };
  const unknown = one(transport('short-polling', { cpu: 50 }), settings);
  near(unknown.values.cores.value, 50e-6);
  assert.deepEqual(unknown.notes, ['emptyAnswer']);
  const known = one(transport('short-polling', { cpu: 50, empty: 20 }), settings);
  near(known.values.cores.value, (0.999 * 20 + 0.001 * 50) * 1e-6);
  assert.deepEqual(known.notes, []);
});

test('what was not fitted is not told, nor anything that rests on it', () => {
  const made = without('serverCpuMicros', 'measurement', transport('sse'));
  const { values } = one(made, {});
  assert.deepEqual(values.cores, { needs: 'measurement' });
  assert.deepEqual(values.costPerMonth, { needs: 'measurement' });
  assert.ok(values.deliveryMedianMicros.value > 0);
  assert.deepEqual(
    one(without('deliveryMedianMicros', 'client-numbers', transport('sse')), {}).values.stalenessMillis,
    {
      needs: 'client-numbers',
    },
  );
});

test('says what lies outside of what was measured, and what is too late or too much', () => {
  assert.deepEqual(one(transport('sse'), { clients: 5000, payloadBytes: 100 }).outside, ['clients']);
  assert.deepEqual(one(transport('sse'), { clients: 1000, updatesPerSecond: 0.5 }).outside, []);
  assert.equal(one(transport('sse'), { clients: 100, limitMillis: 10, roundTripMillis: 0 }).late, false);
  assert.equal(one(transport('sse'), { clients: 100, limitMillis: 10, roundTripMillis: 20 }).late, true);
  assert.equal(one(transport('sse', { cpu: 1000 }), { clients: 1000, updatesPerSecond: 3 }).overload, true);
});

test('outside of what was measured, the error is that of telling a cell by the others', () => {
  const made = transport('sse', { within: 0.1 });
  made.quantities.memoryKiB.leftOut = 0.4;
  const error = (clients) => {
    const { value, error } = one(made, { clients, payloadBytes: 100 }).values.memoryKiB;
    return error / value;
  };
  near(error(1000), 0.1);
  near(error(2000), 0.4);
});

test('nobody has the least where errors reach each other, and who is late has it never', () => {
  const all = (within, limitMillis) => {
    const made = model(
      transport('sse', { cpu: 12, within }),
      transport('websocket', { cpu: 10, within }),
      transport('short-polling', { cpu: 1 }),
    );
    return least(calculate(made, { ...defaults(made), limitMillis }), 'cores');
  };
  assert.deepEqual(all(0.05, 500), { best: 'websocket', tied: ['websocket'] });
  assert.deepEqual(all(0.15, 500), { best: 'websocket', tied: ['websocket', 'sse'] });
  assert.deepEqual(all(0.05, 5000).tied, ['short-polling']);
  assert.equal(all(0.05, 1), null);
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
    '#calculator?clients=-4&updatesPerSecond=0&x=1&roundTripMillis=abc&cpuHourPrice=',
    '#map?measure=luck&across=&cores=11&memoryKiB=-1&bytesPerSecond=',
    '#figures',
  ]) {
    assert.deepEqual(fromHash(senseless, made), first);
  }
});

test('a model of nothing still has first values', () => {
  const none = model();
  assert.deepEqual(calculate(none, defaults(none)), []);
  assert.ok(Object.values(defaults(none)).every(Number.isFinite));
});
