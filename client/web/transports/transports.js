import * as longPolling from './long-polling.js';
import * as ndjsonStream from './ndjson-stream.js';
import * as serverSentEvents from './server-sent-events.js';
import * as shortPolling from './short-polling.js';
import * as webSocket from './web-socket.js';

const MODULES = {
  'short-polling': shortPolling,
  'long-polling': longPolling,
  sse: serverSentEvents,
  ndjson: ndjsonStream,
  websocket: webSocket,
};

/** The subscribe functions of the transports, by the name that each has in an address, in the page's order. */
export const transports = Object.fromEntries(Object.entries(MODULES).map(([name, { subscribe }]) => [name, subscribe]));

/** Whether it keeps one of the six connections that a browser opens to a host over HTTP/1.1. */
export const holdsConnection = (name) => Boolean(MODULES[name].holdsConnection);

/** Whether it asks at an interval that can be chosen. */
export const asksAtIntervals = (name) => Boolean(MODULES[name].asksAtIntervals);

/** Whether it hears of nothing between an answer and its next question, which it asks at once. */
export const asksAfterEachAnswer = (name) => Boolean(MODULES[name].asksAfterEachAnswer);
