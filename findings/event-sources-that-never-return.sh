#!/usr/bin/env bash
# Whether an event source reconnects depends on how its stream ended, and no way of ending suits all of them.
#
# A 503 with Retry-After asks a client to come back. eventsource 5.1.5, extended-eventsource 2.1.0 and undici 8.13.1 never do
# (the HTML standard, section 9.2.2, requires that of every EventSource, of browsers too); @microsoft/fetch-event-source
# 2.0.1 comes back every second. After a stream that ends as HTTP requires, with its last chunk, it is the other way round: the
# first three come back and fetch-event-source never does. All of them come back after a stream that is cut, without the
# last chunk. So a server that restarts, or is full, keeps all of them in one way only: answer 200, and cut.
#
# Many servers and examples write a heartbeat as ": heartbeat" and an empty line. fetch-event-source takes that for an empty
# message, and a page that calls JSON.parse on each message fails at the first one. The comment line alone is no message.
#
# Who should care: everybody who writes or restarts a server of event streams.
#
# Needs npm; node 22, which eventsource 5 and undici 8 need, comes as a package too.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

echo '{"type":"module"}' >package.json
timeout 90 npm install --silent --no-audit --no-fund node@22.23.3 eventsource@5.1.5 undici@8.13.1 \
  @microsoft/fetch-event-source@2.0.1 extended-eventsource@2.1.0 >npm.log 2>&1 || {
  cat npm.log
  exit 1
}

cat >ask.mjs <<'JS'
import http from 'node:http';
import { EventSource as Eventsource } from 'eventsource';
import { EventSource as Undici } from 'undici';
import { EventSource as Extended } from 'extended-eventsource';
import { fetchEventSource } from '@microsoft/fetch-event-source';

// fetch-event-source is written for pages.
globalThis.document = { hidden: false, addEventListener() {}, removeEventListener() {} };
globalThis.window = globalThis;
process.on('unhandledRejection', () => {});
console.error = console.warn = console.debug = () => {};

const asked = {};
const shown = {};
const answers = {
  'told 503': (response) => response.writeHead(503, { 'Retry-After': '1' }).end(),
  ended: (response) => response.end('data: 1\n\n'),
  cut: (response) => response.write('data: 1\n\n', () => setTimeout(() => response.socket.end(), 100)),
  'comment, empty line': (response) => response.write(': heartbeat\n\n'),
  'comment alone': (response) => response.write(': heartbeat\n'),
};
const server = http.createServer((request, response) => {
  const key = decodeURIComponent(request.url.slice(1));
  asked[key] = (asked[key] ?? 0) + 1;
  const how = key.split('/')[1];
  if (how !== 'told 503') {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  }
  answers[how](response);
});
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));

const open = {
  eventsource: (url, show) => (new Eventsource(url).onmessage = show),
  undici: (url, show) => (new Undici(url).onmessage = show),
  'extended-eventsource': (url, show) => (new Extended(url).onmessage = show),
  'fetch-event-source': (url, show) => fetchEventSource(url, { onmessage: show, openWhenHidden: true }).catch(() => {}),
};
for (const client of Object.keys(open)) {
  for (const how of Object.keys(answers)) {
    const key = `${client}/${how}`;
    shown[key] = 0;
    open[client](`http://127.0.0.1:${server.address().port}/${encodeURIComponent(key)}`, () => shown[key]++);
  }
}

setTimeout(() => {
  let said = '';
  for (const client of Object.keys(open)) {
    const line = ['told 503', 'ended', 'cut'].map((how) => (asked[`${client}/${how}`] > 1 ? 'returns' : 'never'));
    for (const how of ['comment, empty line', 'comment alone']) {
      line.push(shown[`${client}/${how}`] > 0 ? 'message' : 'nothing');
    }
    said += line.join(' ') + '\n';
    console.log(client.padEnd(22) + line.map((word) => word.padEnd(9)).join(' '));
  }
  const expected =
    'never returns returns nothing nothing\n' +
    'never returns returns nothing nothing\n' +
    'never returns returns nothing nothing\n' +
    'returns never returns message nothing\n';
  process.exit(said === expected ? 0 : 1);
}, 20_000);
JS
echo "                      503       ended     cut       comment and an empty line, comment alone"
node_modules/node/bin/node ask.mjs 2>errors.log
