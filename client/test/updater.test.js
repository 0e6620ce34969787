import assert from 'node:assert/strict';
import { test } from 'node:test';
import { until } from '../testing/until.js';
import { automaticUpdater } from '../web/updater.js';

test('updates leave on their schedule, whether they are answered or not, three at once at most', async (t) => {
  let sent = 0;
  const updater = automaticUpdater({ update: () => new Promise(() => sent++), onFailure: assert.fail });
  t.after(() => updater.stop());
  updater.setRate(500);
  updater.start();
  await until(() => updater.unsent >= 5);
  assert.equal(sent, 3);
});

test('a failure ends it, and is told', async () => {
  const failure = new Error('no');
  let told;
  const updater = automaticUpdater({
    update: () => Promise.reject(failure),
    onFailure: (trouble) => (told = trouble),
  });
  updater.setRate(100);
  updater.start();
  await until(() => !updater.isRunning());
  assert.equal(told, failure);
});
