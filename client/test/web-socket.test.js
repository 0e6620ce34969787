import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scriptedServer } from '../testing/scripted-server.js';
import { network } from '../web/network.js';
import { pace } from '../web/transports/pace.js';
import { subscribe } from '../web/transports/web-socket.js';

globalThis.WebSocket ??= { CONNECTING: 0 };

/** A socket that does not open, and the browser says no more than that. */
class Refused {
  constructor() {
    queueMicrotask(() => this.onclose({ code: 1006 }));
  }

  close() {}
}

/** The first trouble of a subscriber whose socket does not open, where the server gives `answer` without one. */
async function troubleOf(t, answer) {
  const server = await scriptedServer(t, answer);
  const ending = new AbortController();
  t.after(() => ending.abort());
  return new Promise((resolve) =>
    subscribe({
      url: server.url,
      task: 'default',
      seen: null,
      network: network({ browser: { fetch, WebSocket: Refused } }),
      pace: pace(),
      signal: ending.signal,
      onSnapshot: () => {},
      onWire: ({ type, trouble }) => type === 'trouble' && resolve(trouble),
    }),
  );
}

test('where the server upgrades no request, who stands between may not pass the wish on', async (t) => {
  const trouble = await troubleOf(t, { status: 426, headers: { Server: 'nginx/1.22.1', Upgrade: 'websocket' } });
  assert.equal(trouble.kind, 'not-upgraded');
  assert.equal(trouble.by, 'nginx/1.22.1');
});

test('a proxy that names itself in Via is named', async (t) => {
  const trouble = await troubleOf(t, { status: 426, headers: { Via: '1.1 varnish (Varnish/7.1)', Server: 'x' } });
  assert.equal(trouble.by, '1.1 varnish (Varnish/7.1)');
});

test('what the server has against the question itself is said', async (t) => {
  const trouble = await troubleOf(t, {
    status: 404,
    headers: { 'Content-Type': 'application/problem+json' },
    body: '{"detail":"task: there is no task"}',
  });
  assert.equal(trouble.kind, 'http');
  assert.equal(trouble.detail, 'task: there is no task');
});

test('where nothing is learned, nothing is claimed', async (t) => {
  assert.equal((await troubleOf(t, 'cut')).kind, 'refused');
});
