const PREFIX = 'pushlab tab ';

/**
 * The tabs of this browser that have the page open, this one among them, counted by the lock that each holds as long
 * as it lives. Where there are no locks (a page over plain HTTP from another machine) it promises 0.
 */
export function tabs(locks) {
  locks?.request(PREFIX + crypto.randomUUID(), () => new Promise(() => {}));
  return {
    async count() {
      const { held = [] } = (await locks?.query()) ?? {};
      return held.filter(({ name }) => name.startsWith(PREFIX)).length;
    },
  };
}
