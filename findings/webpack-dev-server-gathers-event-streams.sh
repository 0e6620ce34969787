#!/usr/bin/env bash
# webpack's development server holds back an event stream for a browser, and passes it on to curl.
#
# A server writes an event each half second for three seconds, behind webpack-dev-server 5.2.2 and 6.1.0 with one line of proxy
# configuration and all else default. `compress` is on by default, and text/event-stream counts as text. A client that accepts
# gzip, as each browser does and curl does not, gets nothing of the stream but the first ten bytes of gzip until it ends; with
# an endless stream that is for ever. Lines of JSON (`application/x-ndjson`) pass at once, since that type is not on the list of
# what is compressed, although they are text too. `Cache-Control: no-store` changes nothing, `no-transform` does (RFC 9111,
# section 5.2.2.6), and so does `compress: false`.
#
# Who should care: everybody whose events "do not work in the browser" during development although curl shows them.
#
# Needs npm; node 22 comes as a package. Takes half a minute. Exits with 0 if it is still so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' INT TERM
cd "$folder"

echo '{"type":"module"}' >package.json
timeout 80 npm install --silent --no-audit --no-fund node@22.23.3 webpack@5.112.2 \
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
import zlib from 'node:zlib';

const require = createRequire(import.meta.url);
const EVENTS = 6;
const PAUSE = 500;
const server = http.createServer((request, response) => {
  const cacheControl = request.url.includes('no-transform') ? 'no-store, no-transform' : 'no-store';
  const type = request.url.includes('lines') ? 'application/x-ndjson' : 'text/event-stream';
  response.writeHead(200, { 'Content-Type': type, 'Cache-Control': cacheControl });
  let sent = 0;
  const writing = setInterval(() => {
    sent++;
    response.write(type === 'text/event-stream' ? `data: ${sent}\n\n` : `{"event":${sent}}\n`);
    if (sent === EVENTS) {
      clearInterval(writing);
      response.end();
    }
  }, PAUSE);
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');

async function start(name) {
  const probe = net.createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  const Server = require(name);
  const compiler = require('webpack')({
    mode: 'development',
    entry: './root/page.js',
    stats: 'none',
    infrastructureLogging: { level: 'none' },
  });
  const target = `http://127.0.0.1:${server.address().port}`;
  const options = { port, host: '127.0.0.1', proxy: [{ context: ['/live'], target }] };
  await new (Server.default ?? Server)(options, compiler).start();
  return port;
}

/** The seconds after which the first event can be read at `port`. */
async function firstEvent(port, path, headers) {
  const begin = performance.now();
  const request = http.get({ host: '127.0.0.1', port, path, headers, agent: false });
  const [response] = await once(request, 'response');
  const gzip = response.headers['content-encoding'] === 'gzip';
  const text = gzip ? response.pipe(zlib.createGunzip({ flush: zlib.constants.Z_SYNC_FLUSH })) : response;
  let first = 0;
  text.on('data', () => (first ||= performance.now() - begin));
  await once(text, 'end');
  return first / 1000;
}

console.log = () => {};
const browser = { 'Accept-Encoding': 'gzip, deflate, br' };
let changed = false;
for (const name of ['wds5', 'wds6']) {
  const port = await start(name);
  process.stdout.write(`webpack-dev-server ${require(`${name}/package.json`).version}\n`);
  for (const [what, path, headers, late] of [
    ['event stream, as curl asks', '/live/events', {}, false],
    ['event stream, as a browser asks', '/live/events', browser, true],
    ['the same with no-transform', '/live/events?no-transform', browser, false],
    ['lines of JSON, as a browser asks', '/live/lines', browser, false],
  ]) {
    const took = await firstEvent(port, path, headers);
    process.stdout.write(`  ${what.padEnd(34)} first event after ${took.toFixed(1)} s\n`);
    const wholly = took > ((EVENTS - 1) * PAUSE) / 1000;
    changed ||= wholly !== late;
  }
}
process.exit(changed ? 1 : 0);
JS
node_modules/.bin/node look.mjs 2>errors.log || {
  tail -n 5 errors.log
  echo "this is no longer so" >&2
  exit 1
}
