// What the calculator advises. Pure: no page.

// A smaller ratio of costs does not justify another transport.
const MATTERS = 1.25;

/**
 * { kind, ... }: 'unknown' or 'none' in time; 'best' { best } is cheaper than every other one that clients see all
 * versions with; 'equal' { equal, others } cost the same within what matters. All have `late`, `overloaded`,
 * `unpriced`, whose cost is unknown, and `skipping`, which cost less but skip versions.
 */
export function advise(rows, { matters }) {
  const known = rows.filter((it) => !it.values.costPerMonth.needs);
  const unpriced = rows.filter((it) => !known.includes(it));
  const late = rows.filter((it) => it.late);
  const overloaded = rows.filter((it) => it.overload);
  const able = known.filter((it) => !it.late);
  if (able.length === 0) {
    return { kind: known.length > 0 ? 'none' : 'unknown', late, overloaded, unpriced, skipping: [] };
  }
  const cost = (it) => it.values.costPerMonth;
  const whole = able.filter((it) => !it.skips);
  const sorted = (whole.length > 0 ? whole : able).toSorted((a, b) => cost(a).value - cost(b).value);
  const best = sorted[0];
  const equal = sorted.filter(
    (it) =>
      it === best ||
      cost(it).value <= Math.max(MATTERS * cost(best).value, cost(best).value + matters) ||
      cost(it).low <= cost(best).high,
  );
  const skipping = able.filter((it) => it.skips && !equal.includes(it) && cost(it).value < cost(best).value);
  const others = known.filter((it) => !equal.includes(it));
  const kind = equal.length > 1 ? 'equal' : 'best';
  return { kind, best, equal, others, late, overloaded, unpriced, skipping };
}
