#!/usr/bin/env bash
# Behind the proxy of Vite's dev server, an event stream stays open for ever after its server has been killed.
#
# A page reads an event stream through a development server, and the server behind it is killed (and, in a second try, resets
# the connection). The client should see a stream that is cut, and an event source would return. Vite 8.3.8 tells its client
# nothing, in either case: the connection stays open without a byte, also once the server runs again, so the page shows an old
# value until somebody reloads it. http-proxy-middleware 3.0.5 and webpack-dev-server 5.2.2 do the same after a kill. After a
# reset these two, and also http-proxy-middleware 4.2.1 and webpack-dev-server 6.1.0, append a sentence in English to the
# stream and end it properly, with its last chunk: a reader of JSON lines finds a line that is no JSON, and a client takes the
# stream for whole. Only the newest two cut the stream of a server that was killed, as the large proxies do.
#
# Who should care: everybody who develops a page with live values behind such a server and restarts its backend. Remedies:
# for Vite three lines of configuration, which the script tries too; or heartbeats that the page times itself.
#
# Needs npm; node 22 comes as a package. Takes less than a minute. Exits with 0 if it is still so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' INT TERM
cd "$folder"

echo '{"type":"module"}' >package.json
timeout 80 npm install --silent --no-audit --no-fund node@22.23.3 vite@8.3.8 webpack@5.112.2 \
  hpm3@npm:http-proxy-middleware@3.0.5 hpm4@npm:http-proxy-middleware@4.2.1 \
  wds5@npm:webpack-dev-server@5.2.2 wds6@npm:webpack-dev-server@6.1.0 >npm.log 2>&1 || {
  cat npm.log
  exit 1
}
mkdir root
echo >root/page.js

cat >server.mjs <<'JS'
import http from 'node:http';

http.createServer((request, response) => {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
  response.write('data: 1\n\n');
  if (request.url.endsWith('/reset')) {
    setTimeout(() => response.socket.resetAndDestroy(), 500);
  }
}).listen(0, '127.0.0.1', function () {
  process.send(this.address().port);
});
JS

cat >look.mjs <<'JS'
import { fork } from 'node:child_process';
import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const PATIENCE = 8_000;

async function freePort() {
  const probe = net.createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  return port;
}

async function vite(target, port, options = {}) {
  const { createServer } = await import('vite');
  const proxy = { '/live': { target, ...options } };
  const server = { port, host: '127.0.0.1', strictPort: true, proxy };
  await (await createServer({ root: 'root', configFile: false, logLevel: 'silent', server })).listen();
}

function middleware(name) {
  return async (target, port) => {
    const { createProxyMiddleware } = await import(name);
    const pass = createProxyMiddleware({ target });
    await once(http.createServer((request, response) => pass(request, response)).listen(port, '127.0.0.1'), 'listening');
  };
}

function webpack(name) {
  return async (target, port) => {
    const Server = require(name);
    const compiler = require('webpack')({
      mode: 'development',
      entry: './root/page.js',
      stats: 'none',
      infrastructureLogging: { level: 'none' },
    });
    const options = { port, host: '127.0.0.1', proxy: [{ context: ['/live'], target }] };
    await new (Server.default ?? Server)(options, compiler).start();
  };
}

const remedy = {
  configure: (proxy) =>
    proxy.on('proxyRes', (answer, request, response) => answer.on('close', () => answer.complete || response.destroy())),
};
const proxies = {
  'vite 8.3.8': vite,
  'http-proxy-middleware 3.0.5': middleware('hpm3'),
  'http-proxy-middleware 4.2.1': middleware('hpm4'),
  'webpack-dev-server 5.2.2': webpack('wds5'),
  'webpack-dev-server 6.1.0': webpack('wds6'),
  'vite 8.3.8 with the remedy': (target, port) => vite(target, port, remedy),
};

/** How the stream that a client reads at `port` ends once `end` was called. */
function ending(port, path, end) {
  return new Promise((resolve) => {
    const request = http.get({ host: '127.0.0.1', port, path, agent: false }, (response) => {
      let text = '';
      response.on('data', (part) => {
        if (text === '') {
          setTimeout(() => resolve('open'), PATIENCE);
          end();
        }
        text += part;
      });
      response.on('end', () => resolve(text === 'data: 1\n\n' ? 'ended' : 'ended with a text'));
      response.on('error', () => resolve('cut'));
    });
    request.on('error', () => resolve('refused'));
  });
}

async function look(start) {
  const server = fork('./server.mjs');
  const [serverPort] = await once(server, 'message');
  try {
    const port = await freePort();
    await start(`http://127.0.0.1:${serverPort}`, port);
    const reset = await ending(port, '/live/reset', () => {});
    return [await ending(port, '/live/events', () => server.kill('SIGKILL')), reset];
  } finally {
    server.kill('SIGKILL');
  }
}

console.log = () => {};
const seen = await Promise.all(Object.values(proxies).map(look));
let said = '';
Object.keys(proxies).forEach((name, i) => {
  process.stdout.write(`${name.padEnd(28)} server killed: ${seen[i][0].padEnd(6)} connection reset: ${seen[i][1]}\n`);
  said += seen[i].join(', ') + '; ';
});
const expected =
  'open, open; open, ended with a text; cut, ended with a text; open, ended with a text; cut, ended with a text; cut, cut; ';
process.exit(said === expected ? 0 : 1);
JS
echo "what a client sees of its event stream within 8 s:"
node_modules/.bin/node look.mjs 2>errors.log || {
  tail -n 5 errors.log
  echo "this is no longer so" >&2
  exit 1
}
