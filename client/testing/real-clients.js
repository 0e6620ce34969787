// Opens clients of other authors to a server, and tells what each of them sees, a line at a time:
//
//   CLIENT NUMBER shown EPOCH      it showed a version of that epoch
//   CLIENT NUMBER failed -         its connection failed or ended
//   CLIENT NUMBER back MILLIS      it opened again that long after the last failure
//
// Usage: node real-clients.js URL COUNT [CLIENT...]. Without a CLIENT it opens all that NAMES has. It ends with its
// standard input.
import { fetchEventSource } from '@microsoft/fetch-event-source';
import { EventSourcePolyfill } from 'event-source-polyfill';
import { EventSource } from 'eventsource';
import { EventSource as LaunchDarklyEventSource } from 'launchdarkly-eventsource';
import Reconnecting from 'reconnecting-websocket';
import Sockette from 'sockette';
import { EventSource as UndiciEventSource, WebSocket } from 'undici';

// What some of them expect of a page.
const deaf = { addEventListener() {}, removeEventListener() {} };
Object.assign(globalThis, { WebSocket, window: globalThis, document: { hidden: false, ...deaf } }, deaf);
// event-source-polyfill and fetch-event-source write each failure to the console.
Object.assign(console, { warn() {}, error() {} });

const NAMES = [
  'eventsource',
  'undici',
  'event-source-polyfill',
  'fetch-event-source',
  'launchdarkly-eventsource',
  'reconnecting-websocket',
  'sockette',
];

const [, , url, count, ...some] = process.argv;
const events = `${url}/events`;
const socket = `${url.replace(/^http/, 'ws')}/ws`;

/** What fetch-event-source does by default. */
async function opensStream(response) {
  if (!response.headers.get('content-type')?.startsWith('text/event-stream')) {
    throw new Error(`no event stream: ${response.status}`);
  }
}

function listen(source, { opened, failed, shown }) {
  Object.assign(source, { onopen: opened, onerror: failed, onmessage: ({ data }) => shown(data) });
}

/** It reports the end of a stream as `end`, a failure as `error`, and each as `retrying`. */
function listenToLaunchDarkly(settings, { opened, failed, shown }) {
  const source = new LaunchDarklyEventSource(events, settings);
  Object.assign(source, { onopen: opened, onerror() {}, onretrying: failed, onmessage: ({ data }) => shown(data) });
}

const clients = {
  eventsource: (on) => listen(new EventSource(events), on),
  undici: (on) => listen(new UndiciEventSource(events), on),
  'event-source-polyfill': (on) => listen(new EventSourcePolyfill(events), on),
  'fetch-event-source': (on) =>
    fetchEventSource(events, {
      openWhenHidden: true,
      onopen: async (response) => {
        await opensStream(response);
        on.opened();
      },
      onerror: () => on.failed(),
      onmessage: ({ data }) => on.shown(data),
    }),
  'launchdarkly-eventsource': (on) => listenToLaunchDarkly({}, on),
  'launchdarkly-eventsource-20s': (on) => listenToLaunchDarkly({ readTimeoutMillis: 20_000 }, on),
  'reconnecting-websocket': (on) => {
    const it = new Reconnecting(socket);
    Object.assign(it, { onopen: on.opened, onclose: on.failed, onmessage: ({ data }) => on.shown(data) });
  },
  sockette: (on) =>
    new Sockette(socket, { onopen: on.opened, onclose: on.failed, onmessage: ({ data }) => on.shown(data) }),
};

function start(name, number) {
  let failedAt = null;
  const tell = (what, value) => process.stdout.write(`${name} ${number} ${what} ${value}\n`);
  clients[name]({
    opened: () => {
      if (failedAt !== null) {
        tell('back', Math.round(performance.now() - failedAt));
      }
    },
    failed: () => {
      failedAt = performance.now();
      tell('failed', '-');
    },
    shown: (data) => tell('shown', JSON.parse(data).epoch),
  });
}

for (const name of some.length > 0 ? some : NAMES) {
  for (let number = 0; number < count; number++) {
    start(name, number);
  }
}
process.stdin.on('end', () => process.exit()).resume();
