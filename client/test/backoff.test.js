import assert from 'node:assert/strict';
import { test } from 'node:test';
import { backoff } from '../web/transports/backoff.js';
import { pace } from '../web/transports/pace.js';
import { Trouble } from '../web/wire.js';

/** The pauses after `failures` in a row, each cut short. */
async function pausesAfter(retry, failures) {
  const pauses = [];
  for (const failure of failures) {
    const subscription = new AbortController();
    await retry.rest(failure, {
      signal: subscription.signal,
      pace: pace(),
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

/** A rest of a minute after one failure: it ends with the subscription, and is told by `over`. */
function resting(t, failure) {
  const subscription = new AbortController();
  const going = pace();
  const state = { over: false, wake: going.wake, leave: () => subscription.abort() };
  state.end = backoff({ first: 60_000, random: () => 1, most: 60_000 })
    .rest(failure, { signal: subscription.signal, pace: going, onWire: () => {} })
    .then(() => (state.over = true));
  t.after(state.leave);
  return state;
}

test('a page that comes back online, or becomes visible, tries at once', async (t) => {
  const { wake, end } = resting(t, NETWORK);
  wake();
  await end;
});

test('but no sooner than the server asked', async (t) => {
  const rest = resting(t, new Trouble('http', { status: 503, retryAfterMs: 60_000 }));
  rest.wake();
  await new Promise(setImmediate);
  assert.equal(rest.over, false);
  rest.leave();
  await rest.end;
});
