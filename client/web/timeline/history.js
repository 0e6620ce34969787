import { toneOf } from '../tone.js';
import { ring } from './ring.js';
import { AN_HOUR } from './updates.js';

/** What a span is: a request under way or answered, an open connection, a rest before the next try. */
export const SPAN = { request: 0, connection: 1, rest: 2 };
/** What a mark says. `left` is no fault: the subscriber went elsewhere. */
export const MARK = { news: 0, nothing: 1, unchanged: 2, failed: 3, again: 4, left: 5 };

const MARK_OF_CODE = { 200: MARK.news, 204: MARK.nothing, 304: MARK.unchanged };
const UNTIL_NOW = Infinity;
const NO_TONE = 255;

/**
 * What went over the wire for one subscriber, and what it showed, for the timeline to draw: `spans` from `start` to
 * `end`, `marks` at a moment, and `shown`, the order of each version from the moment it was shown.
 */
export function history(updates, most = AN_HOUR) {
  const spans = ring(most, { start: Float64Array, end: Float64Array, what: Uint8Array });
  const marks = ring(most, { at: Float64Array, what: Uint8Array, tone: Uint8Array });
  const shown = ring(most, { start: Float64Array, order: Float64Array, tone: Uint8Array });
  let open = null;
  let failing = false;

  const mark = (at, what) => marks.push({ at, what, tone: NO_TONE });
  const begin = (at, what, end = UNTIL_NOW) => (open = spans.push({ start: at, end, what }));
  const end = (at) => {
    if (open !== null && open >= spans.from && spans.get('end', open) > at) {
      spans.set('end', open, at);
    }
    open = null;
  };

  const happenings = {
    reset() {},
    subscribe: ({ at }) => happenings.leave({ at }),
    leave({ at }) {
      if (open !== null && spans.get('what', open) !== SPAN.rest) {
        mark(at, MARK.left);
      }
      end(at);
      failing = false;
    },
    request({ at }) {
      end(at);
      if (failing) {
        mark(at, MARK.again);
      }
      begin(at, SPAN.request);
    },
    answer({ at, code }) {
      failing = false;
      if (code === 'open' && open !== null) {
        spans.set('what', open, SPAN.connection);
      } else if (code in MARK_OF_CODE) {
        end(at);
        mark(at, MARK_OF_CODE[code]);
      } else if (code === 'message') {
        mark(at, MARK.news);
      }
    },
    snapshot({ at, snapshot }) {
      const order = updates.learn(snapshot);
      const tone = toneOf(snapshot.status).index;
      if (marks.end > marks.from && marks.get('what', marks.end - 1) === MARK.news) {
        marks.set('tone', marks.end - 1, tone);
      }
      if (shown.end === shown.from || shown.get('order', shown.end - 1) < order) {
        shown.push({ start: at, order, tone });
      }
    },
    trouble({ at, retryInMs }) {
      end(at);
      failing = true;
      mark(at, MARK.failed);
      begin(at, SPAN.rest, at + retryInMs);
    },
  };

  return { spans, marks, shown, happen: (event) => happenings[event.type](event) };
}
