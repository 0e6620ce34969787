import assert from 'node:assert/strict';
import { test } from 'node:test';
import { calculate } from '#model/calculator.js';
import { breakEven, fields, frames, weighed } from '#model/map.js';
import { defaults } from '#model/settings.js';
import { model, transport, without } from '../testing/models.js';

const settingsFor = (made) => ({ ...defaults(made), roundTripMillis: 0, limitMillis: 1e6 });
const mapOf = (made, choice, more = {}) =>
  fields(made, { ...settingsFor(made), ...more }, { across: 'clients', ...choice });

test('the border lies where a poll costs as much as the pushes of its interval', () => {
  const made = model(transport('short-polling', { cpu: 60 }), transport('websocket', { cpu: 10 }));
  const map = mapOf(made, { measure: 'cores' });
  for (const field of map) {
    assert.deepEqual(field.tied, [field.yMiddle < 6 ? 'websocket' : 'short-polling'], `at ${field.yMiddle}`);
  }
  assert.equal(new Set(map.map((it) => it.best)).size, 2);
  const line = breakEven(made, settingsFor(made), { across: 'clients', measure: 'cores' }).find(
    (it) => it.name === 'push',
  );
  assert.ok(line.points.every((it) => Math.abs(it.y - 6) < 1e-9));
});

test('near the border it is too close to call, as far as the errors reach', () => {
  const made = model(
    transport('short-polling', { cpu: 60, scatter: 0.2 }),
    transport('websocket', { cpu: 10, scatter: 0.2 }),
  );
  for (const field of mapOf(made, { measure: 'cores' })) {
    const close = field.yMiddle > 6 / Math.exp(0.4) && field.yMiddle < 6 * Math.exp(0.4);
    assert.equal(field.tied.length, close ? 2 : 1, `at ${field.yMiddle}`);
  }
});

test('the border may run over the clients too: a herd against half a poll interval', () => {
  const made = model(
    transport('short-polling', { herd: 0, constant: 0 }),
    transport('websocket', { herd: 1000, constant: 0 }),
  );
  const choice = { across: 'clients', measure: 'deliveryMedianMicros' };
  for (const field of mapOf(made, choice)) {
    assert.equal(field.best, field.xMiddle < 500 ? 'websocket' : 'short-polling', `at ${field.xMiddle}`);
  }
  const herd = breakEven(made, settingsFor(made), choice).find((it) => it.name === 'herd');
  assert.deepEqual(
    herd.points.map((it) => it.x),
    [500, 500],
  );
});

test('fields beyond what was measured are told from those within', () => {
  const made = model(transport('sse'));
  for (const field of mapOf(made, { measure: 'cores' }, { pollIntervalMillis: 1000 })) {
    const within = field.xMiddle > 9 && field.xMiddle < 1100 && field.yMiddle > 0.45 && field.yMiddle < 22;
    assert.equal(field.outside, !within);
  }
  const [{ x, y2 }] = frames(made, 'clients');
  assert.ok(x < 10 && y2 > 20);
  assert.deepEqual(frames(made, 'roundTripMillis'), []);
});

test('of a run at one rate alone, the fields at that rate are those that were measured', () => {
  const made = model({ ...transport('sse'), updatesPerSecond: { lowest: 2, highest: 2 } });
  const measured = mapOf(made, { measure: 'cores' }).filter((it) => !it.outside);
  assert.ok(measured.length > 0);
  assert.ok(measured.every((it) => Math.abs(it.yMiddle - 2) < 1e-9));
});

test('fields cover the whole map, without a gap', () => {
  const map = mapOf(model(transport('sse')), { measure: 'cores' });
  const right = map.filter((it) => it.y === map[0].y);
  right.slice(1).forEach((it, i) => assert.ok(Math.abs(it.x / right[i].x2 - 1) < 1e-9));
  assert.equal(map.length % right.length, 0);
});

test('over the round trip, one update a poll interval is a curve', () => {
  const made = model(transport('short-polling'), transport('long-polling'));
  const [line] = breakEven(made, settingsFor(made), { across: 'roundTripMillis', measure: 'memoryKiB' });
  assert.equal(line.name, 'requests');
  for (const { x, y } of line.points) {
    assert.ok(Math.abs(y - 1000 / (1000 + x)) < 1e-9);
  }
});

test('the weights decide: all on one measure is that measure alone', () => {
  const made = model(transport('sse', { cpu: 5, kib: 40 }), transport('websocket', { cpu: 10, kib: 10 }));
  const none = { deliveryMedianMicros: 0, cores: 0, bytesPerSecond: 0, memoryKiB: 0 };
  const best = (weights) => mapOf(made, { measure: 'weighted', weights: { ...none, ...weights } })[0].best;
  assert.equal(best({ cores: 1 }), 'sse');
  assert.equal(best({ memoryKiB: 1 }), 'websocket');
  assert.equal(best({ cores: 3, memoryKiB: 1 }), 'sse');
  assert.equal(best({ cores: 1, memoryKiB: 1 }), 'websocket');
  assert.equal(best({}), null);
});

test('a field tells the least share of versions that clients of its transport see', () => {
  const made = model(transport('short-polling', { cpu: 1 }));
  const [field] = mapOf(made, { measure: 'cores' }).filter((it) => it.yMiddle > 10);
  assert.ok(Math.abs(field.seen - 1 / field.yMiddle) < 1e-9);
});

test('a doubling counts its weight', () => {
  const made = model(transport('sse', { cpu: 10 }), transport('websocket', { cpu: 40 }));
  const rows = weighed(calculate(made, settingsFor(made)), { cores: 1, memoryKiB: 3 });
  assert.equal(rows[0].values.weighted.value, 0);
  assert.ok(Math.abs(rows[1].values.weighted.value - 0.5) < 1e-9);
});

test('who is too late wins nothing, and where nobody is known nobody wins', () => {
  const made = model(transport('short-polling', { cpu: 1 }), transport('sse', { cpu: 90 }));
  assert.ok(mapOf(made, { measure: 'cores' }, { limitMillis: 500 }).every((it) => it.best !== 'short-polling'));
  const blind = model(without('serverCpuMicros', transport('sse')));
  assert.ok(mapOf(blind, { measure: 'cores' }).every((it) => it.best === null && it.tied.length === 0));
});

test('on the axis of round trips, a frame shows where a network was measured', () => {
  const roundTrip = { coefficient: 1, points: [{ roundTripMillis: 80, updatesPerSecond: 2 }] };
  const [{ x, x2, y, y2 }] = frames(model({ ...transport('sse'), roundTrip }), 'roundTripMillis');
  assert.ok(x < 80 && x2 > 80 && y < 2 && y2 > 2);
});
