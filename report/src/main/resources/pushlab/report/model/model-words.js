// Quantities and sentences in the page's language.

/** Bounds that are closer than this share are those of an exact count. */
const COUNTED = 0.0005;

/** Functions that write quantities and sentences from `texts`, with the number format of `language`. */
export function wording(texts, language) {
  const digits = new Intl.NumberFormat(language, { maximumSignificantDigits: 3 });
  const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumSignificantDigits: 2 });
  const number = (value) => (Math.abs(value) < 1000 ? digits : whole).format(value);
  const micros = (value) => {
    const { us, ms, s } = texts.units;
    if (value < 999.5) return `${number(value)} ${us}`;
    return value < 999_500 ? `${number(value / 1000)} ${ms}` : `${number(value / 1e6)} ${s}`;
  };
  const bytes = (value) => {
    const units = texts.units.bytes;
    const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, value)) / 10)));
    return `${number(value / 1024 ** power)} ${units[power]}`;
  };
  const written = {
    deliveryMedianMicros: micros,
    deliveryP99Micros: micros,
    stalenessMillis: (value) => micros(1000 * value),
    bytesPerSecond: bytes,
    bytesOutPerMonth: bytes,
    bytesInPerMonth: bytes,
    memoryKiB: (value) => bytes(1024 * value),
    wireOutPerMonth: bytes,
    firstSnapshotMillis: (value) => micros(1000 * value),
    versionsSeen: (value) => percent.format(value),
  };
  const texted = (name, value) => (written[name] ?? number)(value);
  return {
    number,
    percent: percent.format,
    quantity: texted,
    /** The bounds of a quantity; empty for an exact count. */
    bounds: (name, { value, low, high }) =>
      high - low <= COUNTED * value ? '' : fill(texts.to, { lowest: texted(name, low), highest: texted(name, high) }),
    /** The sentence of that name, with values in its braces. */
    say: (name, values = {}) =>
      fill(
        name.split('.').reduce((part, key) => part[key], texts),
        values,
      ),
    list: (names) => new Intl.ListFormat(language, { type: 'unit' }).format(names),
  };
}

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, key) => values[key]);
}
