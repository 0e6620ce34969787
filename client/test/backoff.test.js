import assert from 'node:assert/strict';
import { test } from 'node:test';
import { backoff, pause } from '../web/transports/backoff.js';
import { Trouble } from '../web/wire.js';

/** The pauses after `failures` in a row, each cut short. */
async function pausesAfter(retry, failures) {
  const pauses = [];
  for (const failure of failures) {
    const subscription = new AbortController();
    await retry.rest(failure, {
      signal: subscription.signal,
      onWire: ({ retryInMs }) => {
        pauses.push(retryInMs);
        subscription.abort();
      },
    });
  }
  return pauses;
}

const NETWORK = new Trouble('network');

test('the longest pause doubles with each failure in a row, up to a limit', async () => {
  const retry = backoff({ first: 500, most: 3_000, random: () => 1 });
  assert.deepEqual(await pausesAfter(retry, Array(5).fill(NETWORK)), [500, 1_000, 2_000, 3_000, 3_000]);
});

test('the jitter is full: a pause may be anything from nothing to the longest', async () => {
  const draws = [0, 0.5, 0.25];
  const retry = backoff({ first: 500, random: () => draws.shift() });
  assert.deepEqual(await pausesAfter(retry, Array(3).fill(NETWORK)), [0, 500, 500]);
});

test('a good answer makes the next failure the first again', async () => {
  const retry = backoff({ first: 500, random: () => 1 });
  await pausesAfter(retry, [NETWORK, NETWORK, NETWORK]);
  retry.reset();
  assert.deepEqual(await pausesAfter(retry, [NETWORK]), [500]);
});

test('a server that says when to come back is not asked sooner', async () => {
  const retry = backoff({ first: 500, random: () => 1 });
  const busy = new Trouble('http', { status: 503, retryAfterMs: 7_000 });
  assert.deepEqual(await pausesAfter(retry, [busy]), [7_000]);
});

test('what is no trouble of the wire is not tried again', async () => {
  const { signal } = new AbortController();
  await assert.rejects(backoff().rest(new TypeError('a fault of ours'), { signal }), TypeError);
});

test('a subscription that has ended does not rest', async () => {
  await backoff().rest(NETWORK, { signal: AbortSignal.abort(), onWire: assert.fail });
});

test('a pause ends with the signal', async () => {
  await pause(60_000, AbortSignal.abort());
  const subscription = new AbortController();
  const resting = pause(60_000, subscription.signal);
  subscription.abort();
  await resting;
});
