import assert from 'node:assert/strict';
import { test } from 'node:test';
import { snapshot } from '../testing/scripted-server.js';
import { until } from '../testing/until.js';
import { shared } from '../web/sharing.js';
import { pace } from '../web/transports/pace.js';
import { Trouble } from '../web/wire.js';

/** Locks as a browser has them: the first to ask is the first to have it. */
function lockManager() {
  let line = Promise.resolve();
  return {
    request(_name, { signal }, hold) {
      const turn = line.then(() => (signal.aborted ? undefined : hold()));
      line = turn.catch(() => {});
      const left = new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      return Promise.race([turn, left]);
    },
  };
}

let places = 0;

/** Tabs that share a subscription; `subscriptions` are those that reach the server. */
function tabsSharing(t) {
  const locks = lockManager();
  const subscriptions = [];
  const place = `place ${places++}`;
  const subscribe = (subscription) => {
    subscriptions.push(subscription);
    return new Promise((resolve) => subscription.signal.addEventListener('abort', resolve));
  };
  const open = () => {
    const leaving = new AbortController();
    const tab = { roles: [], wire: [], snapshots: [], pace: pace(), close: () => leaving.abort() };
    shared(subscribe, { place: () => place, locks, onRole: (role) => tab.roles.push(role) })({
      task: 'default',
      seen: null,
      pace: tab.pace,
      signal: leaving.signal,
      onSnapshot: (one) => tab.snapshots.push(one.version),
      onWire: (event) => tab.wire.push(event),
    });
    t.after(tab.close);
    return tab;
  };
  return { open, subscriptions };
}

test('one tab subscribes, and the others are told', async (t) => {
  const { open, subscriptions } = tabsSharing(t);
  const [leader, follower] = [open(), open()];
  await until(() => subscriptions.length === 1);

  subscriptions[0].onWire({ type: 'request' });
  subscriptions[0].onSnapshot(snapshot(1));

  await until(() => follower.snapshots.length === 1);
  assert.deepEqual(leader.roles, ['leading']);
  assert.deepEqual(new Set(follower.roles), new Set(['following']));
  assert.deepEqual(follower.wire[0], { type: 'request', shared: true });
  assert.equal(subscriptions.length, 1);
});

test('a tab that comes later is told the state', async (t) => {
  const { open, subscriptions } = tabsSharing(t);
  open();
  await until(() => subscriptions.length === 1);
  subscriptions[0].onSnapshot(snapshot(7));
  const late = open();
  await until(() => late.snapshots.length === 1);
  assert.deepEqual(late.snapshots, [7]);
});

test('when the leader goes another takes over from the version that it was told, and none comes twice', async (t) => {
  const { open, subscriptions } = tabsSharing(t);
  const [leader, follower, third] = [open(), open(), open()];
  await until(() => subscriptions.length === 1);
  subscriptions[0].onSnapshot(snapshot(7));
  await until(() => follower.snapshots.length === 1 && third.snapshots.length === 1);

  leader.close();
  await until(() => subscriptions.length === 2);
  assert.deepEqual(subscriptions[1].seen, { epoch: 'k3f9', version: 7 });
  subscriptions[1].onSnapshot(snapshot(7));
  subscriptions[1].onSnapshot(snapshot(8));

  await until(() => third.snapshots.includes(8));
  assert.deepEqual(third.snapshots, [7, 8]);
});

test('trouble keeps its facts on its way to another tab', async (t) => {
  const { open, subscriptions } = tabsSharing(t);
  open();
  const follower = open();
  await until(() => subscriptions.length === 1);
  subscriptions[0].onWire({ type: 'trouble', trouble: new Trouble('http', { status: 503 }), retryInMs: 5 });
  await until(() => follower.wire.length === 1);
  const [{ trouble }] = follower.wire;
  assert.ok(trouble instanceof Trouble);
  assert.deepEqual({ ...trouble }, { kind: 'http', status: 503 });
});

test('a tab that is looked at again wakes the leader', async (t) => {
  const { open, subscriptions } = tabsSharing(t);
  open();
  const follower = open();
  await until(() => subscriptions.length === 1);
  let rested = false;
  subscriptions[0].pace.rest(60_000, subscriptions[0].signal).then(() => (rested = true));
  follower.pace.wake();
  await until(() => rested);
});
