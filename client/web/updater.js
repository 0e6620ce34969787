/** So many may be under way: a browser opens six connections to a host, and two may hold a reader's request. */
const AT_ONCE = 3;

/**
 * Calls `update` again and again, `perSecond` times, on a schedule that does not wait for answers. What falls due
 * while three are under way is not sent, and counted as `unsent`. A failed update ends it and is told `onFailure`.
 */
export function automaticUpdater({ update, onFailure, now = () => performance.now() }) {
  let timer = null;
  let due = 0;
  let underWay = 0;
  let perSecond = 1;

  const updater = {
    unsent: 0,
    isRunning: () => timer !== null,

    /** How many updates a second it makes, 0 while it is stopped. */
    perSecond: () => (timer === null ? 0 : perSecond),

    start() {
      due = now();
      updater.unsent = 0;
      tick();
    },

    stop() {
      clearTimeout(timer);
      timer = null;
    },

    setRate(rate) {
      perSecond = rate;
      if (timer !== null) {
        due = now() + 1000 / perSecond;
        plan();
      }
    },
  };

  function plan() {
    clearTimeout(timer);
    timer = setTimeout(tick, Math.max(0, due - now()));
  }

  function tick() {
    due = Math.max(due + 1000 / perSecond, now() - 1000);
    plan();
    if (underWay >= AT_ONCE) {
      updater.unsent++;
      return;
    }
    underWay++;
    update()
      .catch((failure) => {
        updater.stop();
        onFailure(failure);
      })
      .finally(() => underWay--);
  }

  return updater;
}
