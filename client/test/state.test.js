import assert from 'node:assert/strict';
import { test } from 'node:test';
import { snapshot } from '../testing/scripted-server.js';
import { initialState, positionOf, reduce } from '../web/state.js';

const START = initialState(['long-polling', 'websocket']);
const over = (transport) => ({ type: 'subscribe', transport });
const delivered = (version, epoch = 'a') => ({ type: 'snapshot', snapshot: snapshot(version, { epoch }) });
const after = (...events) => events.reduce((state, event) => reduce(state, { at: 1_000, ...event }), START);
const countsOf = (state, transport = 'long-polling') => state.counts[transport];

test('a page that has heard nothing stands nowhere', () => {
  assert.equal(positionOf(START), null);
});

test('the first snapshot is shown, whatever its version', () => {
  const state = after(over('long-polling'), delivered(7));
  assert.deepEqual(positionOf(state), { epoch: 'a', version: 7 });
  assert.deepEqual(countsOf(state), { requests: 0, deliveries: 1, bytes: 0, skipped: 0, repeated: 0, back: 0 });
});

test('versions between two deliveries are skipped', () => {
  const state = after(over('long-polling'), delivered(0), delivered(1), delivered(5));
  assert.equal(countsOf(state).deliveries, 3);
  assert.equal(countsOf(state).skipped, 3);
});

test('a version shown already is counted as repeated and not shown again', () => {
  const shown = after(over('long-polling'), delivered(2));
  const state = reduce(shown, { at: 1_000, ...delivered(2) });
  assert.equal(state.snapshot, shown.snapshot);
  assert.equal(countsOf(state).repeated, 1);
  assert.equal(countsOf(state).deliveries, 1);
});

test('an older version is counted as gone back and not shown', () => {
  const state = after(over('long-polling'), delivered(2), delivered(1));
  assert.equal(positionOf(state).version, 2);
  assert.equal(countsOf(state).back, 1);
});

test('another epoch is another memory: any version of it is shown', () => {
  const state = after(over('long-polling'), delivered(9, 'a'), delivered(0, 'b'));
  assert.deepEqual(positionOf(state), { epoch: 'b', version: 0 });
  assert.deepEqual(countsOf(state), { requests: 0, deliveries: 2, bytes: 0, skipped: 0, repeated: 0, back: 0 });
});

test('each transport has counts of its own, and what is shown stays over a change', () => {
  const state = after(
    over('long-polling'),
    { type: 'request' },
    { type: 'answer', bytes: 100 },
    delivered(1),
    over('websocket'),
    { type: 'request' },
    { type: 'answer', bytes: 20 },
    { type: 'answer', bytes: 3 },
  );
  assert.equal(positionOf(state).version, 1);
  assert.deepEqual(countsOf(state, 'long-polling'), { ...countsOf(START), requests: 1, bytes: 100, deliveries: 1 });
  assert.deepEqual(countsOf(state, 'websocket'), { ...countsOf(START), requests: 1, bytes: 23 });
});

test('the connection is made, then waits, and is made anew after trouble', () => {
  const trouble = { type: 'trouble', trouble: { kind: 'network' }, retryInMs: 250 };
  const phases = [];
  let state = START;
  for (const event of [
    over('long-polling'),
    { type: 'request' },
    { type: 'answer', bytes: 0 },
    { type: 'request' },
    trouble,
    { type: 'request' },
    { type: 'answer', bytes: 0 },
  ]) {
    state = reduce(state, { at: 1_000, ...event });
    phases.push(state.phase);
  }
  assert.deepEqual(phases, ['connecting', 'connecting', 'connected', 'waiting', 'retrying', 'connecting', 'connected']);
});

test('what another tab asked and heard costs this one nothing', () => {
  const state = after(
    over('long-polling'),
    { type: 'request', shared: true },
    { type: 'answer', bytes: 100, shared: true },
    delivered(1),
  );
  assert.deepEqual(countsOf(state), { ...countsOf(START), deliveries: 1 });
});

test('counting starts over, and what is shown stays', () => {
  const state = after(over('long-polling'), { type: 'request' }, delivered(1), { type: 'reset' });
  assert.deepEqual(countsOf(state), countsOf(START));
  assert.equal(positionOf(state).version, 1);
});

test('what went wrong stays said until the server answers well', () => {
  const trouble = { type: 'trouble', trouble: { kind: 'network' }, retryInMs: 250 };
  const tryingAgain = after(over('long-polling'), trouble);
  assert.equal(tryingAgain.retryAt, 1_250);
  const asking = reduce(tryingAgain, { at: 1_250, type: 'request' });
  assert.equal(asking.trouble.kind, 'network');
  assert.equal(reduce(asking, { at: 1_260, type: 'answer', bytes: 0 }).trouble, null);
});
