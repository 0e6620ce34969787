#!/usr/bin/env bash
# Behind the proxy of Vite's dev server each poll opens two connections, one of them the browser's own.
#
# A client with one kept connection asks five times, directly and through development servers. Directly that takes one
# connection. Vite 8.3.8 and webpack-dev-server 5.2.2 open a connection to the server for each request, which one might expect.
# But they ask the server to close it, the server answers `Connection: close`, and they pass that header on, although it
# concerns one hop only (RFC 9110, section 7.6.1). So the client closes too: five requests take five connections on each side,
# and with TLS five handshakes. An agent that keeps connections, one line of configuration, ends both. webpack-dev-server 6.1.0
# needs none.
#
# Who should care: everybody who measures polling through a development server, or wonders about thousands of sockets in
# TIME_WAIT. What polling costs there is the cost of the proxy.
#
# Needs npm; node 22 comes as a package. Takes half a minute. Exits with 0 if it is still so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' INT TERM
cd "$folder"

echo '{"type":"module"}' >package.json
timeout 80 npm install --silent --no-audit --no-fund node@22.23.3 vite@8.3.8 webpack@5.112.2 \
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

const require = createRequire(import.meta.url);
const POLLS = 5;
let accepted = 0;
const server = http.createServer((request, response) => response.writeHead(204, { ETag: '"1"' }).end());
server.on('connection', () => accepted++);
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const target = `http://127.0.0.1:${server.address().port}`;

async function freePort() {
  const probe = net.createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  return port;
}

async function vite(agent) {
  const port = await freePort();
  const { createServer } = await import('vite');
  const options = { port, host: '127.0.0.1', strictPort: true, proxy: { '/poll': { target, agent } } };
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
  const options = { port, host: '127.0.0.1', proxy: [{ context: ['/poll'], target }] };
  await new (Server.default ?? Server)(options, compiler).start();
  return port;
}

/** How many connections five polls one after the other took, of the client and of the server. */
async function connections(port) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const opened = new Set();
  accepted = 0;
  for (let poll = 0; poll < POLLS; poll++) {
    const request = http.get({ host: '127.0.0.1', port, path: '/poll', agent });
    request.on('socket', (socket) => opened.add(socket));
    const [response] = await once(request, 'response');
    await once(response.resume(), 'end');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  agent.destroy();
  return `${opened.size} and ${accepted}`;
}

console.log = () => {};
const ways = {
  directly: () => server.address().port,
  'vite 8.3.8': () => vite(),
  'webpack-dev-server 5.2.2': () => webpack('wds5'),
  'webpack-dev-server 6.1.0': () => webpack('wds6'),
  'vite 8.3.8 with an agent': () => vite(new http.Agent({ keepAlive: true })),
};
const seen = [];
for (const [name, start] of Object.entries(ways)) {
  seen.push(await connections(await start()));
  process.stdout.write(`${name.padEnd(26)} ${seen.at(-1)}\n`);
}
process.exit(seen.join(', ') === '1 and 1, 5 and 5, 5 and 5, 1 and 1, 1 and 1' ? 0 : 1);
JS
echo "connections for five polls, at the client and at the server:"
node_modules/.bin/node look.mjs 2>errors.log || {
  tail -n 5 errors.log
  echo "this is no longer so" >&2
  exit 1
}
