import assert from 'node:assert/strict';
import { test } from 'node:test';
import { estimate, now, timeOf } from '../web/clock.js';
import { measures, quantile } from '../web/measures.js';

test('a quantile is a value that was measured', () => {
  assert.equal(quantile([], 0.5), null);
  assert.equal(quantile([7], 0.99), 7);
  assert.equal(quantile([1, 2, 3, 4], 0.5), 2);
  assert.equal(
    quantile(
      Array.from({ length: 200 }, (_, i) => i + 1),
      0.99,
    ),
    198,
  );
});

test('without deliveries there are no figures', () => {
  const meter = measures();
  assert.deepEqual(meter.read(100), { median: null, p99: null, staleness: null });
});

test('a client that is told one second late of an update every two is a quarter of a second stale', () => {
  const meter = measures();
  meter.start(0);
  for (let at = 0; at < 10_000; at += 2_000) {
    meter.replaced(at);
    meter.delivered(at + 1_000, 1_000);
  }
  assert.deepEqual(meter.read(10_000), { median: 1_000, p99: 1_000, staleness: 250 });
});

test('what is out of date grows staler while nothing comes', () => {
  const meter = measures();
  meter.start(0);
  meter.replaced(0);
  assert.equal(meter.read(1_000).staleness, 500);
  assert.equal(meter.read(2_000).staleness, 1_000);
});

test('a version that is itself out of date when it comes is as stale as that', () => {
  const meter = measures();
  meter.start(0);
  meter.delivered(1_000, 900, 500);
  assert.equal(meter.read(2_000).staleness, (1_500 ** 2 - 500 ** 2) / 2 / 2_000);
});

test('the first news of an update counts, and time in which nobody listens does not', () => {
  const meter = measures();
  meter.start(0);
  meter.replaced(1_000);
  meter.replaced(1_500);
  meter.stop(2_000);
  assert.equal(meter.read(9_000).staleness, 250);
});

test('the last 2,000 deliveries count', () => {
  const meter = measures();
  meter.start(0);
  for (let i = 0; i < 4_000; i++) {
    meter.delivered(i, i < 2_000 ? 900 : 5);
  }
  assert.equal(meter.read(4_000).p99, 5);
});

test('of several exchanges the fastest tells the clock best, and how wrong it can be', () => {
  const { offset, uncertainty } = estimate([
    { sent: 100, server: 1_000_180, received: 300 },
    { sent: 400, server: 1_000_406, received: 410 },
  ]);
  assert.equal(offset, 1_000_001);
  assert.equal(uncertainty, 5.5);
});

test('a time has all the digits that the server wrote', () => {
  const second = Date.parse('2026-11-22T10:48:13Z');
  assert.equal(timeOf('2026-11-22T10:48:13Z'), second);
  assert.equal(timeOf('2026-11-22T10:48:13.119Z'), second + 119);
  assert.equal(timeOf('2026-11-22T10:48:13.119500Z'), second + 119.5);
});

test('the clock is put forward after a sleep, and never back', (t) => {
  const before = now();
  t.mock.timers.enable({ apis: ['Date'], now: before + 60_000 });
  const after = now();
  assert.ok(after >= before + 60_000);
  t.mock.timers.setTime(before - 60_000);
  assert.ok(now() >= after);
});
