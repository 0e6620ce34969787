import assert from 'node:assert/strict';
import { test } from 'node:test';
import { meanDelivery } from '../web/theory.js';

const seldom = { roundTripMs: 80, interval: 970, perSecond: 0 };
const often = { ...seldom, perSecond: 20 };

test('a push takes one transit, whatever the rate', () => {
  for (const transport of ['sse', 'ndjson', 'websocket']) {
    assert.equal(meanDelivery(transport, seldom), 40);
    assert.equal(meanDelivery(transport, often), 40);
  }
});

test('a held request is answered at once, unless the next one is still on its way', () => {
  assert.equal(meanDelivery('long-polling', seldom), 40);
  assert.equal(meanDelivery('long-polling', { ...seldom, perSecond: 10 }), 40);
  assert.equal(meanDelivery('long-polling', often), 25 + 40);
});

test('an update waits half an interval for a short poll, or less if the next one overtakes it', () => {
  assert.equal(meanDelivery('short-polling', seldom), (970 + 80) / 2 + 40);
  assert.equal(meanDelivery('short-polling', often), 25 + 40);
});
