import assert from 'node:assert/strict';
import { test } from 'node:test';
import { carrying, scriptedServer, snapshot } from '../testing/scripted-server.js';
import { updateStatus } from '../web/update-status.js';
import { exchange, hear, readSnapshot } from '../web/wire.js';

test('bytes are those of the body, not its characters, and those around it', () => {
  const events = [];
  const { body } = carrying(snapshot(1, { status: 'Terminée ✓' }));
  hear({ code: 200, body, around: 40 }, { onSnapshot: () => {}, onWire: (event) => events.push(event) });
  assert.deepEqual(events, [{ type: 'answer', code: 200, bytes: Buffer.byteLength(body) + 40 }]);
});

test('what is around a body are the first line and the headers, as they are on the wire', async (t) => {
  const { url } = await scriptedServer(t, { status: 204, headers: { Date: 'x', Connection: 'close' } });
  const { code, body, around } = await exchange(url, { atMost: 5_000 });
  const head = 'HTTP/1.1 204 No Content\r\nDate: x\r\nConnection: close\r\n\r\n';
  assert.deepEqual({ code, body, around }, { code: 204, body: '', around: head.length });
});

const NO_SNAPSHOTS = {
  'a page of a proxy': '<html><title>Wi-Fi</title>',
  'a version that is no number': '{"epoch":"a","version":"4","status":"x","updatedAt":"2026-11-01T12:00:00Z"}',
  'a version beyond what is exact': '{"epoch":"a","version":1e20,"status":"x","updatedAt":"2026-11-01T12:00:00Z"}',
  'no status': '{"epoch":"a","version":4,"updatedAt":"2026-11-01T12:00:00Z"}',
  'a time that is none': '{"epoch":"a","version":4,"status":"x","updatedAt":"yesterday"}',
  null: 'null',
};

for (const [what, text] of Object.entries(NO_SNAPSHOTS)) {
  test(`${what} is not a snapshot`, () => {
    assert.throws(() => readSnapshot(text), { kind: 'not-a-snapshot', said: text.slice(0, 60) });
  });
}

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
