import { subscribe as longPolling } from './long-polling.js';
import { subscribe as serverSentEvents } from './server-sent-events.js';
import { subscribe as shortPolling } from './short-polling.js';
import { subscribe as webSocket } from './web-socket.js';

/** The transports by the name that they have in an address. */
export const transports = {
  'short-polling': shortPolling,
  'long-polling': longPolling,
  sse: serverSentEvents,
  websocket: webSocket,
};

/** Those that keep one of the six connections that a browser opens to a host over HTTP/1.1. */
export const HOLDING = ['long-polling', 'sse'];
