#!/bin/sh
# node's fetch takes a stream that was cut for a whole one, if its answer says `Connection: close`.
#
# A server sends a part of an answer in chunks and closes the connection without the last chunk. By RFC 9112, section 8,
# that answer is incomplete. undici 6.24.1, which is the fetch of node 20.20.2, reports an error. But if the head of the
# answer has `Connection: close`, it reports that the body has ended, and the reader has half an answer without an error.
# An event source that is built on fetch and returns only after an error then never returns. undici 7.30.2 reports an error
# in both cases.
#
# Who should care: everybody who reads streams by fetch in node 20, and everybody whose server says `Connection: close` on
# streams, for example while it stops.
#
# Needs node 20 or newer and npm. Takes a few seconds. Exits with 0 if it is still so.
set -eu

old=6.24.1
new=7.30.2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' INT TERM
cd "$folder"
npm install --silent --no-audit --no-fund --no-save "old@npm:undici@$old" "new@npm:undici@$new" >/dev/null

cat >look.mjs <<'JS'
import net from 'node:net';

const name = process.argv[2];
const { fetch } = await import(name);

const CHUNK = '5\r\nhello\r\n';

/** What a client sees of an answer that is cut after its first chunk. */
async function cutAnswer(header) {
  const server = net.createServer((socket) =>
    socket.once('data', () => {
      socket.write(`HTTP/1.1 200 OK\r\n${header}Transfer-Encoding: chunked\r\n\r\n${CHUNK}`, () => socket.end());
    }),
  );
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  try {
    const answer = await fetch(`http://127.0.0.1:${server.address().port}/`);
    return `whole: ${await answer.text()}`;
  } catch (error) {
    return `error: ${error.cause?.message ?? error.message}`;
  } finally {
    server.close();
  }
}

let asBefore = true;
for (let round = 0; round < 3; round++) {
  const plain = await cutAnswer('');
  const closing = await cutAnswer('Connection: close\r\n');
  console.log(`${name}, without Connection: close   ${plain}`);
  console.log(`${name}, with Connection: close      ${closing}`);
  asBefore &&= plain.startsWith('error') && (closing === 'whole: hello') === (name === 'old');
}
process.exit(asBefore ? 0 : 1);
JS

echo "undici $old and $new, node $(node --version)"
# Each in a process of its own: they share one dispatcher in a process.
node look.mjs old
node look.mjs new
