import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { snapshot } from '../testing/scripted-server.js';
import { until } from '../testing/until.js';
import { network } from '../web/network.js';
import { subscribe } from '../web/transports/ndjson-stream.js';
import { pace } from '../web/transports/pace.js';

/** A subscriber of a server on which each request is an open answer that the test writes. */
async function subscribed(t) {
  const answers = [];
  const asked = [];
  const server = createServer((request, answer) => {
    asked.push(Object.fromEntries(new URL(request.url, 'http://any').searchParams));
    answers.push(answer);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const subscription = new AbortController();
  t.after(() => {
    subscription.abort();
    server.closeAllConnections();
    server.close();
  });
  const snapshots = [];
  const troubles = [];
  subscribe({
    url: `http://127.0.0.1:${server.address().port}/`,
    task: 'default',
    seen: null,
    network: network(),
    pace: pace({ interval: 20 }),
    signal: subscription.signal,
    onSnapshot: (one) => snapshots.push(one),
    onWire: ({ type, trouble }) => type === 'trouble' && troubles.push(trouble),
  });
  await until(() => answers.length === 1);
  return { answers, asked, snapshots, troubles, subscription };
}

const line = (one) => `${JSON.stringify(one)}\n`;

test('each line is a snapshot, wherever the answer is split, and an empty line is none', async (t) => {
  const { answers, snapshots, troubles } = await subscribed(t);
  const bytes = Buffer.from(`${line(snapshot(3))}\n\n${line(snapshot(4, { status: 'Échec' }))}`);
  for (const byte of bytes) {
    answers[0].write(Buffer.from([byte]));
  }

  await until(() => snapshots.length === 2);

  assert.deepEqual(snapshots, [snapshot(3), snapshot(4, { status: 'Échec' })]);
  assert.deepEqual(troubles, []);
});

test('a stream that is cut is opened again from where it stood', async (t) => {
  const { answers, asked, snapshots, troubles } = await subscribed(t);
  answers[0].write(line(snapshot(3)));
  await until(() => snapshots.length === 1);

  answers[0].destroy();

  await until(() => asked.length === 2);
  assert.deepEqual(asked, [{ task: 'default' }, { task: 'default', last_version: '3', epoch: 'k3f9' }]);
  assert.equal(troubles[0].kind, 'cut');
});

test('a line that is cut is no snapshot', async (t) => {
  const { answers, asked, snapshots } = await subscribed(t);
  answers[0].end(line(snapshot(3)).slice(0, -2));

  await until(() => asked.length === 2);

  assert.deepEqual(snapshots, []);
});

test('a server that refuses says why, and when to return', async (t) => {
  const { answers, troubles } = await subscribed(t);
  answers[0].writeHead(503, { 'Content-Type': 'application/problem+json', 'Retry-After': '5' });
  answers[0].end('{"detail":"3 subscribers are waiting"}');

  await until(() => troubles.length === 1);

  assert.equal(troubles[0].detail, '3 subscribers are waiting');
  assert.equal(troubles[0].retryAfterMs, 5_000);
});

test('a subscriber that leaves ends its connection', async (t) => {
  const { answers, subscription } = await subscribed(t);
  answers[0].write(line(snapshot(3)));
  const closed = once(answers[0], 'close');

  subscription.abort();

  await closed;
});
