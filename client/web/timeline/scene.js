import { MARK } from './history.js';
import { drawMark, drawShown, drawSpan, drawUpdate } from './shapes.js';
import { versionOf } from './updates.js';

/** Closer together than this, in pixels, marks and rules of one kind tell no more than one of them does. */
const CROWDED = { mark: 7, rule: 3, band: 2 };
/** Where a pixel is longer than this, a picture of everything would be a blot. */
const FAR_MS = 20;

/**
 * Draws what happened between two moments: the server's updates as rules through `tracks`, and in each track what
 * went over the wire above what was shown. Times are the page's; `offset` is how far the server's clock is ahead.
 */
export function drawScene(pen, { palette, updates, offset, tracks, server, axis, from, to, language }) {
  const { left, width } = server;
  const perMs = width / (to - from);
  const view = {
    pen,
    palette,
    updates,
    offset,
    from,
    to,
    left,
    right: left + width,
    pixel: 1 / perMs,
    x: (at) => left + (at - from) * perMs,
  };
  pen.save();
  drawAxis(view, { server, axis, language });
  pen.beginPath();
  pen.rect(left, 0, width + 8, axis.top);
  pen.clip();
  drawServer(view, server);
  tracks.forEach((track) => drawBand(view, track));
  drawRules(view, server, axis);
  tracks.forEach((track) => drawWire(view, track));
  pen.restore();
}

const STEPS = [1, 2, 5, 10, 30, 60, 120, 300, 600, 1200].map((seconds) => seconds * 1000);

function drawAxis({ pen, palette, from, to, pixel, x, left, right }, { server, axis, language }) {
  const step = STEPS.find((ms) => ms / pixel > palette.size * 8) ?? STEPS.at(-1);
  const clock = clockIn(language);
  pen.font = palette.font;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) {
    pen.fillStyle = palette.rule;
    pen.fillRect(Math.round(x(at)), server.top, 1, axis.top - server.top);
    if (x(at) > left + palette.size * 2.5 && x(at) < right - palette.size * 2) {
      pen.fillStyle = palette.muted;
      pen.fillText(clock.format(at), x(at), axis.top + axis.height / 2);
    }
  }
}

const clocks = {};
const clockIn = (language) => (clocks[language] ??= new Intl.DateTimeFormat(language, { timeStyle: 'medium' }));

/** Calls `visit` for the rows that may be seen: of those within `apart` pixels, the first and the last. */
function eachSeen({ from, to, pixel }, rows, column, visit, apart = 1) {
  let row = Math.max(rows.from, rows.firstAbove(column, from) - 1);
  while (row < rows.end && rows.get(column, row) <= to) {
    visit(row);
    row = Math.max(row + 1, rows.firstAbove(column, rows.get(column, row) + apart * pixel, row) - 1);
  }
}

/** The server's view of time: `at` of an update, in the server's clock. */
const onServer = (view) => ({ ...view, from: view.from + view.offset, to: view.to + view.offset });

function drawServer(view, { top, height }) {
  const { rows } = view.updates;
  const drawOne = (row) => {
    const start = view.x(rows.get('at', row) - view.offset);
    const end = row + 1 < rows.end ? view.x(rows.get('at', row + 1) - view.offset) : view.right;
    const label = `v${versionOf(rows.get('order', row))}`;
    drawSegment(view, { start, end, top, height, tone: rows.get('tone', row), stale: Infinity, label });
  };
  eachSeen(onServer(view), rows, 'at', drawOne, CROWDED.band);
}

function drawBand(view, { past, top, height }) {
  const { shown } = past;
  const band = { top: top + height * 0.62, height: height * 0.34 };
  const drawOne = (row) => {
    const order = shown.get('order', row);
    const stale = view.x(view.updates.replacedAt(order) - view.offset);
    const start = view.x(shown.get('start', row));
    const end = row + 1 < shown.end ? view.x(shown.get('start', row + 1)) : view.right;
    const label = `v${versionOf(order)}`;
    const late = lateness(view, row, shown);
    drawSegment(view, { start, end, ...band, tone: shown.get('tone', row), stale, label, late });
  };
  eachSeen(view, shown, 'start', drawOne, CROWDED.band);
}

/** How long after its update a version was shown, in words; nothing where it was there before. */
function lateness({ updates: { rows }, offset }, row, shown) {
  const update = rows.firstAbove('order', shown.get('order', row)) - 1;
  const ms = shown.get('start', row) - (rows.get('at', update) - offset);
  if (row === shown.from || update < rows.from) {
    return '';
  }
  return ms >= 1000 ? `+${(ms / 1000).toFixed(1)} s` : `+${Math.max(0, Math.round(ms))} ms`;
}

function drawSegment(view, { start, end, top, height, tone, stale, label, late = '' }) {
  const { pen, palette } = view;
  const from = Math.max(start, view.left - 4);
  const to = Math.min(end, view.right);
  drawShown(pen, palette, { from, to, top, height, tone, stale });
  const room = { from: Math.max(from, view.left) + 8, to: Math.min(to, stale), middle: top + height / 2 };
  pen.font = palette.bold;
  pen.fillStyle = palette.ink;
  const after = write(pen, label, room);
  pen.font = palette.font;
  write(pen, late, { ...room, from: after + 6 });
}

/** Writes a text where there is room for it, and returns where it ends. */
function write(pen, text, { from, to, middle }) {
  if (to - from < 12) {
    return to;
  }
  const { width } = pen.measureText(text);
  if (from + width + 4 > to) {
    return to;
  }
  pen.textAlign = 'left';
  pen.textBaseline = 'middle';
  pen.fillText(text, from, middle + 1);
  return from + width;
}

function drawRules(view, server, axis) {
  const { rows } = view.updates;
  let last = -Infinity;
  eachSeen(onServer(view), rows, 'at', (row) => {
    const x = view.x(rows.get('at', row) - view.offset);
    if (x >= view.left && x - last > CROWDED.rule) {
      drawUpdate(view.pen, view.palette, { x, top: server.top, bottom: axis.top, tone: rows.get('tone', row) });
      last = x;
    }
  });
}

function drawWire(view, { past, top, height }) {
  const { pen, palette, x, right } = view;
  const y = top + height * 0.3;
  const { spans, marks } = past;
  eachSeen(view, spans, 'start', (row) => {
    const open = spans.get('end', row) > view.to;
    const to = open ? right : x(spans.get('end', row));
    const from = Math.max(x(spans.get('start', row)), view.left - 9);
    drawSpan(pen, palette, spans.get('what', row), { from, to, y, open });
  });
  let last = { at: -Infinity };
  const isFar = view.pixel > FAR_MS;
  const drawOne = (row) => {
    const [what, at] = [marks.get('what', row), x(marks.get('at', row))];
    const crowded = isFar && what === last.what && at - last.at < CROWDED.mark && what !== MARK.failed;
    if (at > view.left - 9 && !crowded) {
      drawMark(pen, palette, what, { x: at, y, tone: marks.get('tone', row) });
      last = { what, at };
    }
  };
  eachSeen(view, marks, 'at', drawOne, isFar ? CROWDED.mark / 2 : 1);
}
