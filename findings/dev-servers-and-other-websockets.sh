#!/usr/bin/env bash
# A WebSocket at /ws does not pass webpack's development server, and one that is not proxied is never answered.
#
# A server greets at two WebSockets, /ws and /live, and the development servers are told to proxy both, WebSockets included.
# /live passes all of them. /ws is where webpack-dev-server has its own WebSocket, for reloading the page, and nothing warns of
# that: version 6.1.0 answers itself, so that the page's socket opens and gets messages of a stranger. In 5.2.2 both answer, on
# one connection: there are two handshakes, and the second one is read as a broken frame. Vite 8.3.8 passes both.
#
# Where the option `ws` was forgotten, none of them answers the handshake, not even by a refusal: the page stays "connecting"
# until the browser gives up, or for ever. A proxy that does not know WebSocket would have passed a 426 or 400 of the server.
#
# Who should care: everybody who serves a WebSocket at /ws, the commonest name, and develops with webpack.
#
# Needs npm; node 22 comes as a package. Takes half a minute. Exits with 0 if it is still so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' INT TERM
cd "$folder"

echo '{"type":"module"}' >package.json
timeout 80 npm install --silent --no-audit --no-fund node@22.23.3 vite@8.3.8 webpack@5.112.2 ws@8.23.0 \
  wds5@npm:webpack-dev-server@5.2.2 wds6@npm:webpack-dev-server@6.1.0 >npm.log 2>&1 || {
  cat npm.log
  exit 1
}
mkdir root
echo >root/page.js

cat >look.mjs <<'JS'
import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import { createRequire } from 'node:module';
import { WebSocketServer } from 'ws';

const require = createRequire(import.meta.url);
const PATIENCE = 4_000;
const server = http.createServer().listen(0, '127.0.0.1');
await once(server, 'listening');
const sockets = new WebSocketServer({ noServer: true });
server.on('upgrade', (request, socket, head) =>
  sockets.handleUpgrade(request, socket, head, (opened) => {
    opened.on('error', () => {});
    opened.send('greeting');
  }),
);
const target = `http://127.0.0.1:${server.address().port}`;

async function freePort() {
  const probe = net.createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  return port;
}

async function vite() {
  const port = await freePort();
  const { createServer } = await import('vite');
  const proxy = { '/ws': { target, ws: true }, '/live': { target, ws: true }, '/forgotten': target };
  const options = { port, host: '127.0.0.1', strictPort: true, proxy };
  await (await createServer({ root: 'root', configFile: false, logLevel: 'silent', server: options })).listen();
  return port;
}

async function webpack(name) {
  const port = await freePort();
  const Server = require(name);
  const compiler = require('webpack')({
    mode: 'development',
    entry: './root/page.js',
    stats: 'none',
    infrastructureLogging: { level: 'none' },
  });
  const proxy = [
    { context: ['/ws', '/live'], target, ws: true },
    { context: ['/forgotten'], target },
  ];
  await new (Server.default ?? Server)({ port, host: '127.0.0.1', proxy }, compiler).start();
  return port;
}

/** What comes within 4 s of a handshake at `path`. */
async function handshake(port, path) {
  const client = net.connect(port, '127.0.0.1');
  let answer = '';
  client.on('error', () => {});
  client.on('data', (bytes) => (answer += bytes.toString('latin1')));
  client.write(
    `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nOrigin: http://127.0.0.1:${port}\r\n` +
      'Upgrade: websocket\r\nConnection: Upgrade\r\n' +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
  );
  await new Promise((resolve) => setTimeout(resolve, PATIENCE));
  client.destroy();
  if (answer === '') {
    return 'no answer';
  }
  const handshakes = answer.split('HTTP/1.1 101').length - 1;
  const from = [answer.includes('greeting') ? 'the server' : '', answer.includes('liveReload') ? 'webpack' : ''];
  return `${handshakes} x 101, messages of ${from.filter(Boolean).join(' and ')}`;
}

console.log = () => {};
const ways = {
  'vite 8.3.8': vite,
  'webpack-dev-server 5.2.2': () => webpack('wds5'),
  'webpack-dev-server 6.1.0': () => webpack('wds6'),
};
const paths = ['/live', '/ws', '/forgotten'];
const seen = [];
for (const [name, start] of Object.entries(ways)) {
  const port = await start();
  const answers = await Promise.all(paths.map((path) => handshake(port, path)));
  process.stdout.write(`${name}\n${paths.map((path, i) => `  ${path.padEnd(12)}${answers[i]}\n`).join('')}`);
  seen.push(...answers);
}
const passed = '1 x 101, messages of the server';
const expected = [
  [passed, passed, 'no answer'],
  [passed, '2 x 101, messages of the server and webpack', 'no answer'],
  [passed, '1 x 101, messages of webpack', 'no answer'],
];
process.exit(seen.join(', ') === expected.flat().join(', ') ? 0 : 1);
JS
node_modules/.bin/node look.mjs 2>errors.log || {
  tail -n 5 errors.log
  echo "this is no longer so" >&2
  exit 1
}
