import assert from 'node:assert/strict';
import { test } from 'node:test';
import { snapshot } from '../testing/scripted-server.js';
import { subscriber } from '../web/subscriber.js';

/** Two transports that do nothing by themselves, and the subscriptions made of them. */
function twoTransports() {
  const subscriptions = [];
  const subscribe = async (subscription) => void subscriptions.push(subscription);
  return { transports: { one: subscribe, two: subscribe }, subscriptions };
}

test('a change of transport ends the one and starts the other from the version shown', () => {
  const { transports, subscriptions } = twoTransports();
  const { switchTo } = subscriber({ url: 'u', task: 't', transports, onChange: () => {} });

  switchTo('one');
  subscriptions[0].onSnapshot(snapshot(4));
  switchTo('two');

  assert.equal(subscriptions[0].seen, null);
  assert.ok(subscriptions[0].signal.aborted);
  assert.deepEqual(subscriptions[1].seen, { epoch: 'k3f9', version: 4 });
  assert.ok(!subscriptions[1].signal.aborted);
});

test('a transport that was left is not heard any more', () => {
  const { transports, subscriptions } = twoTransports();
  let state;
  const { switchTo } = subscriber({ url: 'u', task: 't', transports, onChange: (changed) => (state = changed) });

  switchTo('one');
  switchTo('two');
  subscriptions[1].onSnapshot(snapshot(5));
  subscriptions[0].onSnapshot(snapshot(4));
  subscriptions[0].onWire({ type: 'request' });

  assert.equal(state.snapshot.version, 5);
  assert.equal(state.counts.two.back, 0);
  assert.equal(state.counts.one.requests, 0);
});

test('nothing is heard after the end', () => {
  const { transports, subscriptions } = twoTransports();
  let changes = 0;
  const { switchTo, stop } = subscriber({ url: 'u', task: 't', transports, onChange: () => changes++ });

  switchTo('one');
  stop();
  assert.equal(changes, 2);
  subscriptions[0].onSnapshot(snapshot(1));

  assert.equal(changes, 2);
});
