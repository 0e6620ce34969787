import assert from 'node:assert/strict';
import { test } from 'node:test';
import { carrying, scriptedServer, snapshot } from '../testing/scripted-server.js';
import { subscribe as longPolling } from '../web/transports/long-polling.js';
import { network } from '../web/network.js';
import { pace } from '../web/transports/pace.js';
import { subscribe as shortPolling } from '../web/transports/short-polling.js';

/** Subscribes until the test ends; what is told is kept in `snapshots`, `wire` and `troubles`. */
function subscribeTo(test, subscribe, url, { seen = null, task = 'default', net = network() } = {}) {
  const subscription = new AbortController();
  const heard = { snapshots: [], wire: [], troubles: [], leave: () => subscription.abort() };
  heard.ended = subscribe({
    url,
    task,
    seen,
    network: net,
    pace: pace({ interval: 20 }),
    signal: subscription.signal,
    onSnapshot: (snapshot) => heard.snapshots.push(snapshot),
    onWire: (event) => {
      heard.wire.push(event.type);
      if (event.type === 'trouble') {
        heard.troubles.push(event.trouble);
      }
    },
  });
  test.after(heard.leave);
  return heard;
}

const parametersOf = ({ url }) => Object.fromEntries(new URL(url, 'http://any').searchParams);
const queryOf = (request) => {
  const { tab, ...query } = parametersOf(request);
  return query;
};
const pathOf = ({ url }) => new URL(url, 'http://any').pathname;

test('long polling asks without a version first, then from the last it was told', async (t) => {
  const server = await scriptedServer(t, carrying(snapshot(3)), { status: 204 }, carrying(snapshot(5)));
  const heard = subscribeTo(t, longPolling, server.url);

  await server.asked(4);

  assert.deepEqual(server.requests.map(pathOf), Array(4).fill('/poll-status'));
  assert.deepEqual(server.requests.map(queryOf), [
    { task: 'default', wait: '0' },
    { task: 'default', last_version: '3', epoch: 'k3f9' },
    { task: 'default', last_version: '3', epoch: 'k3f9' },
    { task: 'default', last_version: '5', epoch: 'k3f9' },
  ]);
  assert.deepEqual(heard.snapshots, [snapshot(3), snapshot(5)]);
});

test('long polling asks by a word of its own tab, so that no cache takes two tabs for one', async (t) => {
  const server = await scriptedServer(t, carrying(snapshot(3)));
  subscribeTo(t, longPolling, server.url);

  await server.asked(2);

  const [first, second] = server.requests.map(parametersOf);
  assert.match(first.tab, /^[0-9a-z]{1,8}$/);
  assert.equal(second.tab, first.tab);
});

test('long polling goes on from where another transport stood', async (t) => {
  const server = await scriptedServer(t);
  subscribeTo(t, longPolling, server.url, { seen: { epoch: 'old', version: 8 }, task: 'à part' });
  assert.deepEqual(queryOf(await server.asked(1)), {
    task: 'à part',
    last_version: '8',
    epoch: 'old',
    wait: '0',
  });
});

test('long polling asks without being held after a failure, to know that the server is there', async (t) => {
  const server = await scriptedServer(t, { status: 204 }, 'cut', { status: 204 });
  subscribeTo(t, longPolling, server.url);
  await server.asked(4);
  assert.deepEqual(
    server.requests.map(({ url }) => new URL(url, 'http://any').searchParams.get('wait')),
    ['0', null, '0', null],
  );
});

test('short polling names the version it has, and stays with it where nothing is newer', async (t) => {
  const server = await scriptedServer(t, carrying(snapshot(0)), { status: 304 });
  const heard = subscribeTo(t, shortPolling, server.url);

  await server.asked(3);

  assert.deepEqual(server.requests.map(pathOf), Array(3).fill('/status'));
  assert.deepEqual(
    server.requests.map(({ headers }) => headers['if-none-match']),
    [undefined, '"k3f9-0"', '"k3f9-0"'],
  );
  assert.deepEqual(heard.snapshots, [snapshot(0)]);
  assert.deepEqual(heard.wire, ['request', 'answer', 'request', 'answer', 'request']);
});

const TROUBLES = {
  'a lost connection': ['cut', { kind: 'network' }],
  'a refusal': [
    {
      status: 400,
      headers: { 'Content-Type': 'application/problem+json' },
      body: JSON.stringify({ title: 'Bad Request', detail: 'task: too long' }),
    },
    { kind: 'http', status: 400, detail: 'task: too long' },
  ],
  'a failing proxy': [
    { status: 502, headers: { 'Content-Type': 'text/html' }, body: '<h1>Bad gateway</h1>' },
    { kind: 'http', status: 502, detail: undefined },
  ],
  'an answer that is no JSON': [
    { body: '<title>Wi-Fi</title>' },
    { kind: 'not-a-snapshot', said: '<title>Wi-Fi</title>' },
  ],
  'JSON that is no snapshot': [{ body: '{"status":"?"}' }, { kind: 'not-a-snapshot', said: '{"status":"?"}' }],
};

for (const [name, subscribe] of Object.entries({ longPolling, shortPolling })) {
  for (const [what, [answer, expected]] of Object.entries(TROUBLES)) {
    test(`${name} tells of ${what} and goes on from where it stood`, async (t) => {
      const server = await scriptedServer(t, answer, carrying(snapshot(5)));
      const heard = subscribeTo(t, subscribe, server.url, { seen: { epoch: 'k3f9', version: 4 } });

      const [first, second] = [await server.asked(1), await server.asked(2)];

      const [trouble] = heard.troubles;
      assert.deepEqual(Object.fromEntries(Object.keys(expected).map((fact) => [fact, trouble[fact]])), expected);
      assert.equal(second.url, first.url);
      assert.equal(second.headers['if-none-match'], first.headers['if-none-match']);
    });
  }

  test(`${name} ends with the signal, and tells nothing after`, async (t) => {
    const server = await scriptedServer(t);
    const heard = subscribeTo(t, subscribe, server.url);
    const { socket } = await server.asked(1);
    const gone = new Promise((resolve) => socket.once('close', resolve));

    heard.leave();

    await Promise.all([heard.ended, gone]);
    assert.deepEqual(heard.wire, ['request']);
  });
}
