import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const WEB = new URL('../web', import.meta.url).pathname;
const FILES = readdirSync(WEB, { recursive: true })
  .map((name) => join(WEB, name))
  .filter((path) => statSync(path).isFile());
const inFolder = (name) =>
  FILES.filter((path) => path.includes(`/${name}/`)).map((path) => [path, readFileSync(path, 'utf8')]);

test('the whole page is smaller than 150 KiB', () => {
  const bytes = FILES.reduce((sum, path) => sum + statSync(path).size, 0);
  assert.ok(bytes < 150 * 1024, `${bytes} bytes`);
});

test('a transport never touches the page', () => {
  for (const [path, source] of inFolder('transports')) {
    assert.doesNotMatch(source, /\b(document|window)\b/, path);
  }
});

test('a view never fetches', () => {
  for (const [path, source] of inFolder('views')) {
    assert.doesNotMatch(source, /\b(fetch|EventSource|WebSocket)\(/, path);
  }
});

test('nothing is loaded from another host', () => {
  for (const path of FILES) {
    assert.doesNotMatch(readFileSync(path, 'utf8').replace('http://www.w3.org/2000/svg', ''), /https?:\/\//, path);
  }
});
