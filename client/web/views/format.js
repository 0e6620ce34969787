/** A length of time in the unit that suits it, with as many digits as tell something. */
export function duration(ms, language) {
  const size = Math.abs(ms);
  if (size >= 1000) {
    return unit(ms / 1000, 'second', size >= 10_000 ? 0 : 2, language);
  }
  return unit(ms, 'millisecond', size >= 10 ? 0 : 1, language);
}

function unit(value, unit, maximumFractionDigits, language) {
  return number(value, language, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits });
}

const formats = new Map();

export function number(value, language, options = {}) {
  const key = language + JSON.stringify(options);
  if (!formats.has(key)) {
    formats.set(key, new Intl.NumberFormat(language, options));
  }
  // No minus before a zero.
  return formats.get(key).format(Math.abs(value) < 0.05 ? 0 : value);
}
