import assert from 'node:assert/strict';
import { test } from 'node:test';
import { snapshot } from '../testing/scripted-server.js';
import { history, MARK, SPAN } from '../web/timeline/history.js';
import { ring } from '../web/timeline/ring.js';
import { updates, versionOf } from '../web/timeline/updates.js';

const rowsOf = (rows, ...names) =>
  Array.from({ length: rows.end - rows.from }, (_, i) => names.map((name) => rows.get(name, rows.from + i)));

/** The history of a subscriber after these events, one a second. */
function after(...events) {
  const past = history(updates());
  events.forEach((event, i) => past.happen({ at: i + 1, ...event }));
  return past;
}

const SUBSCRIBE = { type: 'subscribe' };
const REQUEST = { type: 'request' };
const answer = (code) => ({ type: 'answer', code });
const delivered = (version, status = 'En cours') => ({ type: 'snapshot', snapshot: snapshot(version, { status }) });
const TROUBLE = { type: 'trouble', retryInMs: 2 };

test('a ring keeps as much as it may, and finds what it keeps', () => {
  const rows = ring(3_000, { at: Float64Array });
  for (let at = 0; at < 10_000; at++) {
    rows.push({ at });
  }
  assert.equal(rows.end - rows.from, 3_000);
  assert.equal(rows.get('at', rows.from), 7_000);
  assert.equal(rows.get('at', rows.firstAbove('at', 8_123)), 8_124);
  assert.equal(rows.firstAbove('at', 9_999), rows.end);
  assert.equal(rows.firstAbove('at', -1), rows.from);
});

test('a held request is a bar that stays open until it is answered', () => {
  const asked = after(SUBSCRIBE, REQUEST);
  assert.deepEqual(rowsOf(asked.spans, 'start', 'end', 'what'), [[2, Infinity, SPAN.request]]);
  asked.happen({ at: 9, ...answer(204) });
  assert.deepEqual(rowsOf(asked.spans, 'start', 'end'), [[2, 9]]);
  assert.deepEqual(rowsOf(asked.marks, 'at', 'what'), [[9, MARK.nothing]]);
});

test('each answer has a mark of its own, and news the tone of its status', () => {
  const { marks } = after(REQUEST, answer(304), REQUEST, answer(200), delivered(1, 'Terminée'));
  assert.deepEqual(rowsOf(marks, 'what', 'tone'), [
    [MARK.unchanged, 255],
    [MARK.news, 2],
  ]);
});

test('a stream is a line with marks, from its request on', () => {
  const messages = [answer('message'), delivered(1), answer('message'), delivered(2)];
  const { spans, marks } = after(REQUEST, answer('open'), ...messages);
  assert.deepEqual(rowsOf(spans, 'start', 'end', 'what'), [[1, Infinity, SPAN.connection]]);
  assert.deepEqual(rowsOf(marks, 'at', 'what'), [
    [3, MARK.news],
    [5, MARK.news],
  ]);
});

test('a failure is marked, then the rest, then the new try', () => {
  const { spans, marks } = after(REQUEST, TROUBLE, REQUEST, answer(200));
  assert.deepEqual(rowsOf(spans, 'start', 'end', 'what'), [
    [1, 2, SPAN.request],
    [2, 3, SPAN.rest],
    [3, 4, SPAN.request],
  ]);
  assert.deepEqual(rowsOf(marks, 'at', 'what'), [
    [2, MARK.failed],
    [3, MARK.again],
    [4, MARK.news],
  ]);
});

test('a subscriber that changes leaves a request, and nothing failed', () => {
  const { spans, marks } = after(SUBSCRIBE, REQUEST, { type: 'leave' }, SUBSCRIBE, REQUEST);
  assert.deepEqual(rowsOf(spans, 'start', 'end'), [
    [2, 3],
    [5, Infinity],
  ]);
  assert.deepEqual(rowsOf(marks, 'what'), [[MARK.left]]);
});

test('what was shown stands from its arrival, and an older version is not shown', () => {
  const { shown } = after(delivered(1), delivered(3), delivered(2), delivered(4));
  assert.deepEqual(
    rowsOf(shown, 'start', 'order').map(([start, order]) => [start, versionOf(order)]),
    [
      [1, 1],
      [2, 3],
      [4, 4],
    ],
  );
});

const at = (seconds) => `2026-11-01T12:00:0${seconds}Z`;
const MIDNIGHT = Date.parse(at(0)) + 0.5;

test('updates are known once, in order, from any source', () => {
  const known = updates();
  for (const version of [1, 3, 2, 3, 1]) {
    known.learn({ ...snapshot(version), updatedAt: at(version) });
  }
  assert.deepEqual(
    rowsOf(known.rows, 'order', 'at').map(([order, when]) => [versionOf(order), when - MIDNIGHT]),
    [
      [1, 1_000],
      [2, 2_000],
      [3, 3_000],
    ],
  );
});

test('a version is replaced by the first newer one that is known', () => {
  const known = updates();
  const first = known.learn({ ...snapshot(1), updatedAt: at(1) });
  const third = known.learn({ ...snapshot(3), updatedAt: at(3) });
  assert.equal(known.replacedAt(first) - MIDNIGHT, 3_000);
  assert.equal(known.replacedAt(third), Infinity);
  known.learn({ ...snapshot(0, { epoch: 'next' }), updatedAt: at(5) });
  assert.equal(known.replacedAt(third) - MIDNIGHT, 5_000);
});

test('an hour of twenty updates a second has room, and no more is kept', () => {
  const known = updates();
  const past = history(known);
  for (let version = 0; version < 200_000; version++) {
    past.happen({ type: 'request', at: version });
    past.happen({ type: 'answer', code: 200, at: version });
  }
  assert.ok(past.spans.end - past.spans.from >= 72_000);
  assert.ok(past.spans.end - past.spans.from < 150_000);
});
