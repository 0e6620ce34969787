// What TCP, TLS and connecting add on the wire, by theory: docs/method.md has the sources. Pure: no page.

// IPv4 without options, TCP, and TCP's timestamps.
const HEADERS = 20 + 20 + 12;
const SEGMENT = 1500 - HEADERS;
// Header, content type and tag of a TLS 1.3 record.
const RECORD = 5 + 1 + 16;
// Linux holds an acknowledgement back for at most this long, in case data goes the same way.
const ACKNOWLEDGEMENTS_A_SECOND = 25;
const MINUTE = 60;

// SYN, acknowledgement, FIN and its acknowledgement; a SYN has 20 bytes of options.
const TCP_OPENING = { in: 60 + 3 * HEADERS, out: 60 + HEADERS };
// As openssl counts it, with a chain of two P-256 certificates, in two segments out and two in.
const TLS_OPENING = { in: 329 + 2 * HEADERS, out: 1643 + 2 * HEADERS };
const FIRST_REQUEST = { in: 300 + HEADERS, out: 200 + HEADERS };

/**
 * Bytes a second beside those of HTTP: { out, in }.
 *
 * out, in: the bytes a second of HTTP or WebSocket.
 */
export function onTheWire(asking, load, bytes, { tls, stayMinutes }) {
  const record = tls === 'tls' ? RECORD : 0;
  const answers = asking === 'once' ? load.deliveries : load.requests;
  const each = answers / load.clients;
  const acknowledged = load.clients * Math.min(each, ACKNOWLEDGEMENTS_A_SECOND);
  const ways = {
    // The answer acknowledges the request, and nothing else the answer.
    'at-intervals': { out: 0, in: acknowledged },
    // The next request acknowledges the answer; the request is held for longer than an acknowledgement.
    'after-each-answer': { out: each < ACKNOWLEDGEMENTS_A_SECOND ? answers : 0, in: 0 },
    once: { out: 0, in: acknowledged },
  };
  const connections = load.clients / (MINUTE * stayMinutes);
  const opening = (way) =>
    connections * (TCP_OPENING[way] + (record && TLS_OPENING[way]) + (asking === 'once' && FIRST_REQUEST[way]));
  const messages = (count, total) =>
    count === 0 ? 0 : count * (record + HEADERS * Math.ceil((total / count + record) / SEGMENT));
  return {
    out: messages(answers, bytes.out) + HEADERS * ways[asking].out + opening('out'),
    in: messages(asking === 'once' ? 0 : load.requests, bytes.in) + HEADERS * ways[asking].in + opening('in'),
  };
}

/** How long a new client waits for its first snapshot, in milliseconds: round trips of TCP, TLS 1.3 and HTTP. */
export function firstSnapshotMillis({ tls, roundTripMillis }) {
  return (tls === 'tls' ? 3 : 2) * roundTripMillis;
}
