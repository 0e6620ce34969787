import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scriptedServer, snapshot } from '../testing/scripted-server.js';
import { until } from '../testing/until.js';
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

test('where the server upgrades no request, a proxy may not pass on the wish', async (t) => {
  const trouble = await troubleOf(t, { status: 426, headers: { Server: 'nginx/1.22.1', Upgrade: 'websocket' } });
  assert.equal(trouble.kind, 'not-upgraded');
  assert.equal(trouble.by, 'nginx/1.22.1');
  assert.match(trouble.setting, /^proxy_http_version 1\.1; proxy_set_header Upgrade/);
});

test('a proxy that names itself in Via is named', async (t) => {
  const trouble = await troubleOf(t, { status: 426, headers: { Via: '1.1 varnish (Varnish/7.1)', Server: 'x' } });
  assert.equal(trouble.by, '1.1 varnish (Varnish/7.1)');
  assert.equal(trouble.setting, 'return (pipe)');
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

/** A browser whose WebSockets the test opens, speaks on and closes; `asked` are their addresses. */
function socketsOf() {
  const opened = [];
  return {
    opened,
    asked: () => opened.map(({ url }) => Object.fromEntries(new URL(url).searchParams)),
    WebSocket: class {
      constructor(url) {
        this.url = url;
        opened.push(this);
      }

      close() {}
    },
  };
}

for (const code of [1006, 1012, 1013]) {
  test(`a WebSocket that was closed with ${code} is opened again from where it stood`, async (t) => {
    const browser = socketsOf();
    const subscription = new AbortController();
    const snapshots = [];
    t.after(() => subscription.abort());
    subscribe({
      url: 'http://any/',
      task: 'default',
      seen: null,
      network: network({ browser }),
      pace: pace({ interval: 20 }),
      signal: subscription.signal,
      onSnapshot: (snapshot) => snapshots.push(snapshot),
      onWire() {},
    });
    const [first] = browser.opened;
    first.onopen();
    first.onmessage({ data: JSON.stringify(snapshot(3)) });

    first.onclose({ code });

    await until(() => browser.opened.length === 2);
    assert.deepEqual(snapshots, [snapshot(3)]);
    assert.deepEqual(browser.asked(), [{ task: 'default' }, { task: 'default', last_version: '3', epoch: 'k3f9' }]);
  });
}
