#!/bin/sh
# Which close status brings a reconnecting WebSocket client back? Not always the one that RFC 6455 has for a server that goes
# down.
#
# Each client connects, with its defaults but for shorter pauses, to a server that closes its first WebSocket with one status
# and counts the clients that come back within 8 s. sockette 2.0.6 does not come back after 1001 ("going away", "such as a
# server going down", RFC 6455, section 7.4.1), nor after 1000 or a close without a status, but does when the server is killed
# (1006). graphql-ws 6.4.2 and robust-websocket 1.0.0 do not after 1011, which servers send when a handler failed, and
# robust-websocket does not after 1000. After 1012 ("service restart") and 1013 ("try again later") each of them comes back.
#
# Who should care: everybody who stops a server in good order and expects its clients again. A clean stop with 1001 loses
# clients that `kill -9` keeps.
#
# Needs node 20 or newer and npm; takes less than a minute. Exits with 0 if it is still so.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' INT TERM
cd "$folder"

cat >package.json <<'JSON'
{
  "private": true,
  "dependencies": {
    "graphql": "16.15.0",
    "graphql-ws": "6.4.2",
    "partysocket": "1.3.0",
    "reconnecting-websocket": "4.4.0",
    "robust-websocket": "1.0.0",
    "sockette": "2.0.6",
    "websocket-ts": "2.3.0",
    "ws": "8.23.0"
  }
}
JSON
npm install --silent --no-audit --no-fund

cat >clients.mjs <<'JS'
import { createRequire } from 'node:module';
import { WebSocket, WebSocketServer } from 'ws';

// What these clients expect of a browser.
Object.assign(globalThis, { WebSocket, window: globalThis, addEventListener() {}, removeEventListener() {} });
Object.defineProperty(globalThis, 'navigator', { value: { onLine: true }, configurable: true });

const require = createRequire(import.meta.url);
const { default: Sockette } = await import('sockette');
const Reconnecting = require('reconnecting-websocket');
const Robust = require('robust-websocket');
const { WebSocket: Party } = await import('partysocket');
const { WebsocketBuilder, ConstantBackoff } = await import('websocket-ts');
const { createClient } = await import('graphql-ws');

const pauses = { WebSocket, minReconnectionDelay: 200, maxReconnectionDelay: 300 };
const nothing = { next() {}, error() {}, complete() {} };
const clients = {
  sockette: (url) => new Sockette(url, { timeout: 200 }),
  'graphql-ws': (url) => createClient({ url, webSocketImpl: WebSocket }).subscribe({ query: '{ a }' }, nothing),
  'robust-websocket': (url) => new Robust(url),
  'reconnecting-websocket': (url) => new Reconnecting(url, [], pauses),
  partysocket: (url) => new Party(url, [], pauses),
  'websocket-ts': (url) => new WebsocketBuilder(url).withBackoff(new ConstantBackoff(200)).build(),
};
const codes = [1000, 1001, 1005, 1006, 1011, 1012, 1013];

/** Whether the client that `start` starts comes again after its WebSocket was closed by `code`. */
function comesBack(start, code) {
  return new Promise((resolve) => {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
    let came = 0;
    server.on('connection', (socket) => {
      came += 1;
      if (came === 2) {
        resolve(true);
      } else if (came === 1) {
        const close = () => (code === 1006 ? socket.terminate() : code === 1005 ? socket.close() : socket.close(code));
        setTimeout(close, 100);
      }
    });
    server.on('listening', () => start(`ws://127.0.0.1:${server.address().port}/`));
    setTimeout(() => resolve(false), 8_000);
  });
}

console.log(`${'closed by'.padEnd(24)}${codes.join('   ')}`);
const lost = [];
for (const [name, start] of Object.entries(clients)) {
  const back = await Promise.all(codes.map((code) => comesBack(start, code)));
  console.log(name.padEnd(24) + back.map((is) => (is ? 'back' : 'LOST')).join('   '));
  lost.push(...codes.filter((_, i) => !back[i]).map((code) => `${name} ${code}`));
}
const expected =
  'sockette 1000, sockette 1001, sockette 1005, graphql-ws 1011, robust-websocket 1000, robust-websocket 1011';
process.exit(lost.join(', ') === expected ? 0 : 1);
JS

node --version
node clients.mjs || { echo "this is no longer so" >&2; exit 1; }
