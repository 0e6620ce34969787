import assert from 'node:assert/strict';
import { test } from 'node:test';
import { initialState, reduce } from '../web/state.js';
import { textsFor } from '../web/texts.js';
import { connectionView } from '../web/views/connection.js';

const texts = textsFor(['en']);

/** What the page says is wrong `ms` after a request that is not answered, and after these events. */
function wrongAfter(ms, ...events) {
  const asked = [{ type: 'subscribe', transport: 'sse' }, { type: 'request' }, ...events];
  const state = asked.reduce((before, event) => reduce(before, { at: 1_000, ...event }), initialState(['sse']));
  const trouble = {};
  connectionView({ connection: { dataset: {} }, trouble })(state, { texts, at: 1_000 + ms });
  return trouble.textContent;
}

test('a connection that takes long may be held back by something between', () => {
  assert.match(wrongAfter(5_001), /a proxy between this page and the server/);
});

const open = { type: 'answer', code: 'open', bytes: 0 };

test('so may be the first snapshot of a stream that is open', () => {
  assert.match(wrongAfter(5_001, open), /a proxy between this page and the server/);
});

test('one that has just begun, or has brought a snapshot, is not', () => {
  assert.equal(wrongAfter(4_999) ?? '', '');
  assert.equal(wrongAfter(60_000, open, { type: 'snapshot', snapshot: { epoch: 'a', version: 0 } }) ?? '', '');
});
