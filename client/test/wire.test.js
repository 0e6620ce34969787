import assert from 'node:assert/strict';
import { test } from 'node:test';
import { carrying, scriptedServer, snapshot } from '../testing/scripted-server.js';
import { updateStatus } from '../web/update-status.js';
import { exchange, hear } from '../web/wire.js';

test('bytes are those of the body on the wire, not its characters', () => {
  const events = [];
  hear(JSON.stringify(snapshot(1, { status: 'Terminée ✓' })), {
    onSnapshot: () => {},
    onWire: (event) => events.push(event),
  });
  const body = carrying(snapshot(1, { status: 'Terminée ✓' })).body;
  assert.deepEqual(events, [{ type: 'answer', bytes: Buffer.byteLength(body) }]);
});

test('a server that does not answer in time is a trouble that says how long it had', async (t) => {
  const { url } = await scriptedServer(t);
  await assert.rejects(exchange(url, { atMost: 20 }), { kind: 'timeout', atMost: 20 });
});

test('a busy server is not asked before the time it gave', async (t) => {
  const { url } = await scriptedServer(t, { status: 503, headers: { 'Retry-After': '2' } });
  await assert.rejects(exchange(url, { atMost: 5_000 }), { kind: 'http', status: 503, retryAfterMs: 2_000 });
});

test('an update is sent as it was typed', async (t) => {
  const server = await scriptedServer(t, carrying(snapshot(1)));
  await updateStatus({ url: server.url, task: 'default', status: '<b>Échec</b> ✓' });
  const [{ method, headers, body }] = server.requests;
  assert.equal(method, 'POST');
  assert.equal(headers['content-type'], 'application/json');
  assert.deepEqual(JSON.parse(body), { task: 'default', status: '<b>Échec</b> ✓' });
});

test('a refused update says what the server had against it', async (t) => {
  const server = await scriptedServer(t, {
    status: 400,
    headers: { 'Content-Type': 'application/problem+json' },
    body: JSON.stringify({ detail: 'status: must have 1 to 256 characters' }),
  });
  await assert.rejects(updateStatus({ url: server.url, task: 'default', status: '' }), {
    kind: 'http',
    status: 400,
    detail: 'status: must have 1 to 256 characters',
  });
});
