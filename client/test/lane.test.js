import assert from 'node:assert/strict';
import { test } from 'node:test';
import { snapshot } from '../testing/scripted-server.js';
import { lane } from '../web/lane.js';
import { updates } from '../web/timeline/updates.js';

const OPENED = Date.parse('2026-11-01T12:05:00Z');

/** A lane of a page that was opened five minutes after noon, and how to hand it snapshots. */
function opened() {
  let at = OPENED;
  let give;
  const one = lane({
    transports: {
      sse: ({ onSnapshot }) => {
        give = onSnapshot;
        return new Promise(() => {});
      },
    },
    updates: updates(),
    clock: { offset: 0, uncertainty: 1, isKnown: () => true },
    now: () => at,
    onChange: () => {},
  });
  one.switchTo('sse');
  return {
    one,
    give: (version, updatedAt, ms) => {
      at = OPENED + ms;
      give({ ...snapshot(version), updatedAt });
    },
  };
}

test('what was set before the page listened did not arrive late', () => {
  const { one, give } = opened();
  give(3, '2026-11-01T12:00:00Z', 20);
  assert.equal(one.before, true);
  assert.equal(one.read('sse').median, null);
});

test('what was set since then arrives as late as it does, after an outage too', () => {
  const { one, give } = opened();
  give(3, '2026-11-01T12:00:00Z', 20);
  give(4, '2026-11-01T12:05:01Z', 301_000);
  assert.equal(one.before, false);
  assert.equal(one.age, 300_000);
  assert.equal(one.read('sse').median, 300_000);
});
