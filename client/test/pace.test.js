import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pace, pause } from '../web/transports/pace.js';

const LONG_MS = 60_000;
const { signal } = new AbortController();

test('a pause ends with the signal', async () => {
  await pause(LONG_MS, AbortSignal.abort());
  const subscription = new AbortController();
  const resting = pause(LONG_MS, subscription.signal);
  subscription.abort();
  await resting;
});

test('a hidden tab slows down, and goes on when it is looked at', async () => {
  let hidden = true;
  const going = pace({ isHidden: () => hidden });
  let rested = false;
  const resting = going.rest(0, signal, { hidden: LONG_MS }).then(() => (rested = true));
  await new Promise((resolve) => setTimeout(resolve, 5));
  assert.equal(rested, false);

  hidden = false;
  going.wake();
  await resting;
  await going.rest(0, signal, { hidden: LONG_MS });
});

test('each rest is woken once', async () => {
  const going = pace();
  going.wake();
  const before = performance.now();
  await going.rest(10, signal);
  assert.ok(performance.now() - before >= 9);
});
