import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAddress, withParameter } from '../web/address.js';

const NAMES = ['long-polling', 'sse'];

test('an address that says nothing means long polling of the task default', () => {
  assert.deepEqual(readAddress('', NAMES), {
    transport: 'long-polling',
    unknownTransport: null,
    race: false,
    task: 'default',
    language: null,
  });
});

test('an address names the transport, the task and the language', () => {
  assert.deepEqual(readAddress('?transport=sse&task=t%C3%A2che+2&lang=en', NAMES), {
    transport: 'sse',
    unknownTransport: null,
    race: false,
    task: 'tâche 2',
    language: 'en',
  });
});

test('an address may ask for the race', () => {
  assert.equal(readAddress('?view=race', NAMES).race, true);
});

test('a transport that does not exist is named, and the default taken', () => {
  const { transport, unknownTransport } = readAddress('?transport=pigeon', NAMES);
  assert.equal(transport, 'long-polling');
  assert.equal(unknownTransport, 'pigeon');
});

test('no property of an object passes for a transport', () => {
  assert.equal(readAddress('?transport=constructor', NAMES).unknownTransport, 'constructor');
});

test('a change of one parameter leaves the others', () => {
  assert.equal(withParameter('?task=a&transport=sse', 'transport', 'websocket'), '?task=a&transport=websocket');
  assert.equal(withParameter('?task=a&view=race', 'view', null), '?task=a');
});
