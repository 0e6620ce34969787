import { createServer } from 'node:http';
import { once } from 'node:events';

/**
 * An HTTP server on a free port that gives one scripted answer to each request in turn, and holds the requests
 * that come after the last. An answer is `{ status, headers, body }`, `'cut'` to drop the connection, or
 * `'hold'`. `asked(n)` promises the n-th request with its `body`, counted from 1.
 */
export async function scriptedServer(test, ...answers) {
  const requests = [];
  const asked = new Map();
  const server = createServer(async (request, response) => {
    request.body = Buffer.concat(await request.toArray()).toString();
    const answer = answers[requests.length] ?? 'hold';
    requests.push(request);
    asked.get(requests.length)?.(request);
    if (answer === 'cut') {
      request.socket.destroy();
    } else if (answer !== 'hold') {
      const { status = 200, headers = {}, body = '' } = answer;
      response.writeHead(status, headers).end(body);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  test.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    requests,
    asked: async (n) => requests[n - 1] ?? new Promise((resolve) => asked.set(n, resolve)),
  };
}

/** A snapshot of the task `default` as the server writes it. */
export function snapshot(version, { epoch = 'k3f9', status = `Étape ${version}` } = {}) {
  return { task: 'default', epoch, version, status, updatedAt: '2026-11-01T12:00:00Z' };
}

/** The scripted answer that carries a snapshot. */
export function carrying(snapshot) {
  return { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(snapshot) };
}
