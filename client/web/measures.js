const KEPT = 2_000;

/**
 * How late one subscriber learns, in milliseconds of the page's clock: the time of each delivery, the last 2,000 of
 * them, and the staleness, which is the average over the time listened of how long ago what it shows was replaced.
 */
export function measures() {
  const times = [];
  let next = 0;
  let listened = 0;
  let area = 0;
  let since = null;
  let staleSince = Infinity;

  /** Half of a square: what a delay that grew from nothing to `ms` adds, one for each moment. */
  const triangle = (from, to, grownFrom) =>
    grownFrom >= to ? 0 : ((to - grownFrom) ** 2 - Math.max(0, from - grownFrom) ** 2) / 2;

  const account = (at) => {
    if (since !== null) {
      area += triangle(since, at, staleSince);
      listened += at - since;
      since = at;
    }
  };

  return {
    /** Somebody listens from `at` on. */
    start(at) {
      account(at);
      since = at;
      staleSince = Infinity;
    },

    /** Nobody listens any more. */
    stop(at) {
      account(at);
      since = null;
    },

    /** What was shown has been replaced at `at`, and is shown still. */
    replaced(at) {
      if (since !== null && at < staleSince) {
        account(Math.max(since, at));
        staleSince = at;
      }
    },

    /**
     * A version that was `ms` old came at `at` (null where that tells nothing); `replaced` is when it was itself
     * replaced, Infinity if it is not.
     */
    delivered(at, ms, replaced = Infinity) {
      account(at);
      staleSince = replaced;
      if (ms !== null) {
        times[next] = ms;
        next = (next + 1) % KEPT;
      }
    },

    /** What is known at `at`; `median`, `p99` and `staleness` are null where nothing is. */
    read(at) {
      const sorted = Float64Array.from(times).sort();
      const open = since === null ? 0 : triangle(since, at, staleSince);
      const time = listened + (since === null ? 0 : at - since);
      return {
        median: quantile(sorted, 0.5),
        p99: quantile(sorted, 0.99),
        staleness: time > 0 ? (area + open) / time : null,
      };
    },
  };
}

/** The smallest of `sorted` that at least the share `q` of them does not exceed. */
export function quantile(sorted, q) {
  return sorted.length === 0 ? null : sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)];
}
