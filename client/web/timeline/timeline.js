import { paletteAt } from './palette.js';
import { drawScene } from './scene.js';

const CALM_MS = 500;
const GUTTER = 10;

/**
 * The timeline: a canvas behind the rows of `box`, drawn once a frame while it can be seen. The rows of class
 * `track` say where the lanes are; `lanes` gives the history of each, in their order.
 */
export function timeline({ box, canvas, updates, clock, now }) {
  const pen = canvas.getContext('2d');
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  let lanes = [];
  let places = null;
  let palette = null;
  let windowMs = 12_000;
  let back = 0;
  let frozenAt = null;
  let inSight = true;
  let drawnAt = 0;
  let language = 'fr';

  function measure() {
    const { left, top, width, height } = box.getBoundingClientRect();
    const scale = devicePixelRatio;
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    const placeOf = (element) => {
      const place = element.getBoundingClientRect();
      return { left: place.left - left, top: place.top - top, width: place.width - GUTTER, height: place.height };
    };
    places = {
      width,
      height,
      server: placeOf(box.querySelector('.server-track')),
      axis: placeOf(box.querySelector('.axis-track')),
      tracks: [...box.querySelectorAll('.track')].map(placeOf),
    };
    palette = paletteAt(box);
  }

  function draw() {
    if (places === null) {
      measure();
    }
    const { width, height, server, axis, tracks } = places;
    const to = (frozenAt ?? now()) - back;
    pen.clearRect(0, 0, width, height);
    drawScene(pen, {
      palette,
      updates,
      offset: clock.offset,
      server,
      axis,
      tracks: tracks.map((place, i) => ({ ...place, past: lanes[i] })),
      from: to - windowMs,
      to,
      language,
    });
  }

  function frame(at) {
    requestAnimationFrame(frame);
    if (inSight && !(calm.matches && at - drawnAt < CALM_MS)) {
      drawnAt = at;
      draw();
    }
  }

  const remeasure = () => (places = null);
  new ResizeObserver(remeasure).observe(box);
  new IntersectionObserver(([{ isIntersecting }]) => (inSight = isIntersecting)).observe(box);
  requestAnimationFrame(frame);

  return {
    /** The layout or the colours have changed. */
    remeasure,

    /** Draws these histories from now on, one a track. */
    show(histories) {
      lanes = histories;
      remeasure();
    },

    /** How much time is seen at once, in milliseconds. */
    zoom(ms) {
      windowMs = ms;
    },

    /** Stops at this moment, or goes on. */
    freeze(isFrozen) {
      frozenAt = isFrozen ? now() : null;
    },

    /** Looks at what was `ms` ago. */
    lookBack(ms) {
      back = ms;
    },

    speak(tag) {
      language = tag;
    },
  };
}
