import { TONES } from '../tone.js';

const TILE = 6;
const COLOURS = ['ink', 'muted', 'rule', 'card', 'wire', 'hold', 'stale', ...TONES];

/** The style sheet's colours and letters, as a canvas wants them, read where `element` stands. */
export function paletteAt(element) {
  const probe = element.appendChild(document.createElement('span'));
  const read = (name) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const palette = Object.fromEntries(COLOURS.map((name) => [name, read(name)]));
  const { fontFamily, fontSize } = getComputedStyle(element);
  const size = Math.round(parseFloat(fontSize) * 0.78);
  probe.remove();
  const [red] = /\d+/.exec(palette.card);
  return {
    ...palette,
    hatch: hatch(palette),
    dark: red < 128,
    size,
    font: `${size}px ${fontFamily}`,
    bold: `600 ${size}px ${fontFamily}`,
  };
}

/** A pattern of slanted lines. Made four times as large and shrunk, it is sharp on any screen. */
function hatch({ card, stale }) {
  const tile = new OffscreenCanvas(4 * TILE, 4 * TILE);
  const pen = tile.getContext('2d');
  pen.scale(4, 4);
  pen.fillStyle = card;
  pen.fillRect(0, 0, TILE, TILE);
  pen.strokeStyle = stale;
  pen.lineWidth = 2;
  pen.beginPath();
  for (const x of [-TILE, 0, TILE]) {
    pen.moveTo(x - 1, TILE + 1);
    pen.lineTo(x + TILE + 1, -1);
  }
  pen.stroke();
  const pattern = pen.createPattern(tile, 'repeat');
  pattern.setTransform(new DOMMatrix().scale(1 / 4));
  return pattern;
}
