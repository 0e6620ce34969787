#!/usr/bin/env bash
# Whether a server behind http-proxy learns that a client left depends on the version of node, not of the proxy.
#
# A client gives up a held request, or closes an event stream, behind a proxy of npm. http-proxy-middleware 2.0.9 (which is what
# webpack-dev-server 5 uses) tells its server at once with node 14, and never with node 22: not for a held request, and not for
# a stream either, into which the server goes on writing. 3.0.5 tells it of a stream, but never of a held request; so does Vite
# 5.4.19. Both rest on http-proxy 1.18.1, which waits for an event that node 16 and later no longer send once the request has
# been read. http-proxy-middleware 4.2.1 and Vite 8.3.8 rest on others and tell at once. Nothing fails and nothing is logged:
# each reload of the page leaves one more subscriber at the server, until its hold ends or its limit is reached.
#
# Who should care: everybody who counts subscribers, or limits them, while the page is developed behind such a server: "it is
# full" after some reloads is then not the server's fault.
#
# Needs npm; node 14 and 22 come as packages. Takes less than a minute. Exits with 0 if it is still so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' INT TERM
cd "$folder"

install() {
  timeout 80 npm install --silent --no-audit --no-fund "$@" >npm.log 2>&1 || {
    cat npm.log
    exit 1
  }
}
echo '{"type":"module"}' >package.json
mkdir old root
install --prefix old node@14.21.3
install node@22.23.3 vite5@npm:vite@5.4.19 vite8@npm:vite@8.3.8 hpm2@npm:http-proxy-middleware@2.0.9 \
  hpm3@npm:http-proxy-middleware@3.0.5 hpm4@npm:http-proxy-middleware@4.2.1

cat >look.mjs <<'JS'
import { once } from 'events';
import http from 'http';
import net from 'net';

const [, , name, label] = process.argv;
const PATIENCE = 5_000;
let left = () => {};
const server = http.createServer((request, response) => {
  response.on('close', () => left());
  if (request.url === '/live/stream') {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    const writing = setInterval(() => response.write(': heartbeat\n'), 200);
    response.on('close', () => clearInterval(writing));
  }
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const target = `http://127.0.0.1:${server.address().port}`;

const probe = net.createServer().listen(0, '127.0.0.1');
await once(probe, 'listening');
const { port } = probe.address();
probe.close();
if (name.startsWith('vite')) {
  const { createServer } = await import(name);
  const options = { port, host: '127.0.0.1', strictPort: true, proxy: { '/live': target } };
  await (await createServer({ root: 'root', configFile: false, logLevel: 'silent', server: options })).listen();
} else {
  const { createProxyMiddleware } = await import(name);
  const pass = createProxyMiddleware({ target, logLevel: 'silent' });
  const proxy = http.createServer((request, response) => pass(request, response)).listen(port, '127.0.0.1');
  await once(proxy, 'listening');
}

/** Whether the server learns within 5 s that the client of `path` has left. */
async function told(path) {
  const request = http.get({ host: '127.0.0.1', port, path, agent: false }, (response) => {
    response.on('error', () => {});
    response.resume();
  });
  request.on('error', () => {});
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  return new Promise((resolve) => {
    left = () => resolve('told');
    setTimeout(() => resolve('never'), PATIENCE);
    request.destroy();
  });
}

const held = await told('/live/held');
const stream = await told('/live/stream');
process.stdout.write(`${label.padEnd(36)} held request: ${held.padEnd(7)} stream: ${stream}\n`);
process.exit();
JS
look() {
  "$1" look.mjs "$2" "$3" 2>>errors.log
}
echo "what a server is told within 5 s of a client that left:"
{
  look old/node_modules/.bin/node hpm2 'http-proxy-middleware 2.0.9, node 14'
  look node_modules/.bin/node hpm2 'http-proxy-middleware 2.0.9, node 22'
  look node_modules/.bin/node hpm3 'http-proxy-middleware 3.0.5, node 22'
  look node_modules/.bin/node hpm4 'http-proxy-middleware 4.2.1, node 22'
  look node_modules/.bin/node vite5 'vite 5.4.19, node 22'
  look node_modules/.bin/node vite8 'vite 8.3.8, node 22'
} | tee seen
if [ "$(grep -o -e told -e never seen | tr '\n' ' ')" != 'told told never never never told told told never told told told ' ]; then
  cat errors.log
  echo "this is no longer so" >&2
  exit 1
fi
