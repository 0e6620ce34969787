import { MARK, SPAN } from '../timeline/history.js';
import { paletteAt } from '../timeline/palette.js';
import { drawMark, drawSpan, drawStale, drawUpdate } from '../timeline/shapes.js';
import { make } from './make.js';
import { put } from './put.js';

const [WIDTH, HEIGHT] = [28, 22];
const ACROSS = { from: 3, to: WIDTH - 3, y: HEIGHT / 2, open: false };
const CENTRE = { x: WIDTH / 2, y: HEIGHT / 2, tone: 1 };

const span = (what) => (pen, palette) => drawSpan(pen, palette, what, ACROSS);
const mark = (what) => (pen, palette) => drawMark(pen, palette, what, CENTRE);
const SHAPES = {
  request: span(SPAN.request),
  tick: (pen, palette) => drawSpan(pen, palette, SPAN.request, { ...ACROSS, from: CENTRE.x, to: CENTRE.x }),
  connection: span(SPAN.connection),
  update: (pen, palette) => drawUpdate(pen, palette, { x: CENTRE.x, top: 7, bottom: HEIGHT, tone: 1 }),
  stale: (pen, palette) => drawStale(pen, palette, { from: 3, to: WIDTH - 3, top: 4, height: 14 }),
  news: mark(MARK.news),
  nothing: mark(MARK.nothing),
  unchanged: mark(MARK.unchanged),
  failed: mark(MARK.failed),
  rest: span(SPAN.rest),
  again: mark(MARK.again),
};

/** What the shapes of the timeline mean, drawn as the timeline draws them. */
export function legendView(list) {
  const items = Object.keys(SHAPES).map((name) => {
    const [canvas, words] = [make('canvas', { ariaHidden: 'true' }), make('span')];
    list.append(make('li', {}, canvas, words));
    return { name, canvas, words };
  });

  return {
    render: (texts) => items.forEach(({ name, words }) => put(words, texts.legend[name])),

    /** Draws the shapes anew, in the colours of now. */
    draw() {
      const palette = paletteAt(list);
      for (const { name, canvas } of items) {
        [canvas.width, canvas.height] = [WIDTH * devicePixelRatio, HEIGHT * devicePixelRatio];
        const pen = canvas.getContext('2d');
        pen.scale(devicePixelRatio, devicePixelRatio);
        SHAPES[name](pen, palette);
      }
    },
  };
}
