import assert from 'node:assert/strict';
import { test } from 'node:test';
import { carrying, scriptedServer, snapshot } from '../testing/scripted-server.js';
import { until } from '../testing/until.js';
import { network } from '../web/network.js';

const { signal } = new AbortController();
const turn = () => new Promise(setImmediate);

/** A connection on which the test speaks by `told`, and what was heard of it. */
function connected(options) {
  const net = network(options);
  const heard = [];
  const source = { closed: false, close: () => (source.closed = true) };
  net.connect((_, told) => Object.assign(source, { told }), {
    open: () => heard.push('open'),
    message: (text) => heard.push(text),
    end: () => heard.push('failed'),
  });
  return { net, heard, source };
}

test('without trouble an answer comes as the browser gives it', async (t) => {
  const { url } = await scriptedServer(t, carrying(snapshot(3)));
  const response = await network().fetch(url, { signal });
  assert.deepEqual(await response.json(), snapshot(3));
});

test('offline, nothing leaves, and what is open is cut', async (t) => {
  const server = await scriptedServer(t);
  const net = network();
  const held = assert.rejects(net.fetch(server.url, { signal: AbortSignal.timeout(5_000) }), TypeError);
  await server.asked(1);

  net.set({ offline: true });

  await held;
  await assert.rejects(net.fetch(server.url, { signal: AbortSignal.timeout(5_000) }), TypeError);
  assert.equal(server.requests.length, 1);
});

test('an answer that is held comes when it is released, and not to who has gone', async (t) => {
  const { url } = await scriptedServer(t, carrying(snapshot(3)), carrying(snapshot(4)));
  const net = network();
  net.set({ holding: true });
  const gone = new AbortController();
  const late = assert.rejects(net.fetch(url, { signal: gone.signal }), { name: 'AbortError' });
  const held = net.fetch(url, { signal });

  gone.abort();
  await late;
  net.set({ holding: false });

  assert.equal((await held).status, 200);
});

test('one answer in three is lost, and its connection with it', async (t) => {
  const { url } = await scriptedServer(t, carrying(snapshot(3)), carrying(snapshot(4)));
  const draws = [0.3, 0.4];
  const net = network({ random: () => draws.shift() });
  net.set({ losing: true });

  await assert.rejects(net.fetch(url, { signal }), TypeError);
  assert.equal((await net.fetch(url, { signal })).status, 200);
});

test('a delay puts off each message by as much, in order', async () => {
  const { net, heard, source } = connected();
  net.set({ delayMs: 30 });
  const before = performance.now();
  source.told.message('one');
  source.told.message('two');
  net.set({ delayMs: 0 });
  source.told.message('three');
  await turn();
  assert.deepEqual(heard, []);

  await until(() => heard.length === 3);

  const took = performance.now() - before;
  assert.deepEqual(heard, ['one', 'two', 'three']);
  assert.ok(took >= 29 && took < 1_000, `after ${took} ms`);
});

test('a round trip is paid by half before the request and by half after the answer', async (t) => {
  const server = await scriptedServer(t, carrying(snapshot(3)));
  const net = network();
  net.set({ roundTripMs: 200 });
  const before = performance.now();
  const answer = net.fetch(server.url, { signal });
  const asked = server.asked(1).then(() => performance.now() - before);

  assert.equal((await answer).status, 200);

  const took = performance.now() - before;
  assert.ok((await asked) >= 99, `asked after ${await asked} ms`);
  assert.ok(took >= 199, `answered after ${took} ms`);
});

test('whoever leaves while a request is on its way gets no answer, and the server no request', async (t) => {
  const server = await scriptedServer(t);
  const net = network();
  net.set({ roundTripMs: 60_000 });
  const gone = new AbortController();
  const answer = net.fetch(server.url, { signal: gone.signal });

  gone.abort();

  await assert.rejects(answer, { name: 'AbortError' });
  assert.equal(server.requests.length, 0);
});

test('a round trip is paid by half before a stream is opened and by half by each message, in order', async () => {
  const net = network();
  net.set({ roundTripMs: 60 });
  const heard = [];
  const before = performance.now();
  let openedAfter = null;
  let told = null;
  net.connect(
    (_, itsTold) => {
      openedAfter = performance.now() - before;
      told = itsTold;
      return { close() {} };
    },
    { message: (text) => heard.push(text) },
  );
  await until(() => told !== null);
  told.message('one');
  told.message('two');
  await turn();
  assert.deepEqual(heard, []);

  await until(() => heard.length === 2);

  assert.deepEqual(heard, ['one', 'two']);
  assert.ok(openedAfter >= 29, `opened after ${openedAfter} ms`);
  assert.ok(performance.now() - before >= 58);
});

test('a stream that is closed before it was opened is never opened', async () => {
  const net = network();
  net.set({ roundTripMs: 20 });
  let opened = false;
  const connection = net.connect(() => {
    opened = true;
  }, {});

  connection.close();

  await new Promise((resolve) => setTimeout(resolve, 30));
  assert.equal(opened, false);
});

test('a message that is lost takes the stream with it', async () => {
  const { net, heard, source } = connected({ random: () => 0 });
  net.set({ losing: true });
  source.told.message('one');
  source.told.message('two');
  await turn();
  assert.deepEqual(heard, ['failed']);
  assert.ok(source.closed);
});

test('a stream that was cut is told once, and closed', async () => {
  const { net, heard, source } = connected();
  net.cut();
  net.cut();
  source.told.message('late');
  await turn();
  assert.deepEqual(heard, ['failed']);
  assert.ok(source.closed);
});
