import { TONES } from '../tone.js';
import { MARK, SPAN } from './history.js';

/** The shapes of the timeline, each told from the others without its colour. Lengths are in CSS pixels. */

const TICK_BELOW = 3;

/** A request as a bar, or as a tick where it was short; a connection as a line; a rest as dots. */
export function drawSpan(pen, palette, what, { from, to, y, open }) {
  if (what === SPAN.connection) {
    pen.fillStyle = palette.wire;
    pen.fillRect(from, y - 1.5, Math.max(2, to - from), 3);
    pen.fillRect(from - 1, y - 9, 2, 18);
  } else if (what === SPAN.rest) {
    pen.fillStyle = palette.failed;
    for (let x = from + 9; x < to - 2; x += 8) {
      pen.fillRect(x, y - 1.5, 3, 3);
    }
  } else if (to - from < TICK_BELOW && !open) {
    pen.fillStyle = palette.wire;
    pen.fillRect(from - 1, y - 10, 2, 20);
  } else {
    drawBar(pen, palette, { from, to, y, open });
  }
}

function drawBar(pen, palette, { from, to, y, open }) {
  const path = new Path2D();
  if (open) {
    path.moveTo(to, y - 7);
    path.lineTo(from + 1, y - 7);
    path.lineTo(from + 1, y + 7);
    path.lineTo(to, y + 7);
  } else {
    path.roundRect(from + 1, y - 7, Math.max(1, to - from - 2), 14, 2);
  }
  pen.fillStyle = palette.hold;
  pen.fill(path);
  pen.strokeStyle = palette.wire;
  pen.lineWidth = 1.5;
  pen.stroke(path);
}

/** What came: a disc for news, a square for 204, a diamond for 304, a cross, a triangle for another try. */
export function drawMark(pen, palette, what, { x, y, tone }) {
  const path = new Path2D();
  pen.lineWidth = 1.75;
  pen.strokeStyle = palette.wire;
  pen.fillStyle = palette.card;
  switch (what) {
    case MARK.news:
      path.arc(x, y, 6, 0, 2 * Math.PI);
      pen.fillStyle = palette[TONES[tone]] ?? palette.wire;
      pen.strokeStyle = palette.card;
      break;
    case MARK.nothing:
      path.rect(x - 4.5, y - 4.5, 9, 9);
      break;
    case MARK.unchanged:
      polygon(path, [x, y - 5, x + 5, y, x, y + 5, x - 5, y]);
      break;
    case MARK.failed:
      path.moveTo(x - 5, y - 5);
      path.lineTo(x + 5, y + 5);
      path.moveTo(x + 5, y - 5);
      path.lineTo(x - 5, y + 5);
      pen.lineWidth = 3;
      pen.strokeStyle = palette.failed;
      break;
    case MARK.again:
      polygon(path, [x - 1, y - 7, x + 9, y, x - 1, y + 7]);
      pen.fillStyle = palette.waiting;
      pen.strokeStyle = palette.card;
      break;
    default:
      path.rect(x - 1, y - 11, 1, 22);
      pen.strokeStyle = palette.muted;
  }
  pen.fill(path);
  pen.stroke(path);
}

/** The moment of an update: a line through all that there is, with a point at its top. */
export function drawUpdate(pen, palette, { x, top, bottom, tone }) {
  pen.fillStyle = palette[TONES[tone]];
  pen.fillRect(x - 0.5, top, 1, bottom - top);
  const point = new Path2D();
  polygon(point, [x - 5, top - 7, x + 5, top - 7, x, top + 1]);
  pen.fill(point);
}

/** What was shown from a moment to another; from `stale` on it was out of date. */
export function drawShown(pen, palette, { from, to, top, height, tone, stale }) {
  const colour = palette[TONES[tone]];
  const width = Math.max(1, to - from - 1);
  pen.fillStyle = colour;
  pen.globalAlpha = palette.dark ? 0.38 : 0.24;
  pen.fillRect(from, top, width, height);
  pen.globalAlpha = 1;
  pen.fillRect(from, top, Math.min(3, width), height);
  if (stale < to) {
    drawStale(pen, palette, { from: Math.max(from, stale), to, top, height });
  }
}

/** Slanted lines: what is shown is out of date. */
export function drawStale(pen, palette, { from, to, top, height }) {
  pen.fillStyle = palette.hatch;
  pen.fillRect(from, top, Math.max(1, to - from), height);
}

function polygon(path, [x, y, ...rest]) {
  path.moveTo(x, y);
  for (let i = 0; i < rest.length; i += 2) {
    path.lineTo(rest[i], rest[i + 1]);
  }
  path.closePath();
}
