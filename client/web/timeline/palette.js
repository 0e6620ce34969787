const COLOURS = ['ink', 'muted', 'rule', 'card', 'wire', 'hold', 'stale', 'waiting', 'running', 'done', 'failed', 'other'];

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
  return { ...palette, dark: red < 128, size, font: `${size}px ${fontFamily}`, bold: `600 ${size}px ${fontFamily}` };
}
