import { isNews } from './state.js';
import { pace } from './transports/pace.js';
import { Trouble } from './wire.js';

/**
 * `subscribe`, done once for all tabs of a browser: they elect a leader by a lock of the name that `place` gives for
 * a task. The leader subscribes, and tells the others over a channel of the same name. The next tab that waits for the
 * lock leads once the leader has gone, from the version that it was told last. A tab that is woken wakes the leader.
 * `onRole` hears `leading` or `following`.
 */
export function shared(subscribe, { place, locks, onRole = () => {} }) {
  return async ({ seen, pace: own, signal, onSnapshot, onWire, ...means }) => {
    // The leader goes on for tabs that are looked at, even if it is not.
    const eager = pace({ interval: own.interval });
    const name = place(means.task);
    const channel = new BroadcastChannel(name);
    let leads = false;
    let lastSnapshot = null;
    let lastWire = null;

    const take = (snapshot) => {
      lastSnapshot = snapshot;
      seen = { epoch: snapshot.epoch, version: snapshot.version };
      onSnapshot(snapshot);
    };
    const answerOthers = {
      hello: () => {
        eager.wake();
        tell('wire', lastWire);
        tell('snapshot', lastSnapshot);
      },
      wire: () => {},
      snapshot: () => {},
    };
    const learnFromLeader = {
      hello: () => {},
      wire: (event) => {
        onRole('following');
        onWire(revived(event));
      },
      snapshot: (snapshot) => isNews(snapshot, seen) && take(snapshot),
    };
    const tell = (kind, what) => what && channel.postMessage({ kind, what });
    channel.onmessage = ({ data: { kind, what } }) =>
      signal.aborted || (leads ? answerOthers : learnFromLeader)[kind](what);

    const hello = () => {
      if (!signal.aborted) {
        channel.postMessage({ kind: 'hello' });
        eager.wake();
        own.woken().addEventListener('abort', hello, { once: true });
      }
    };
    hello();
    try {
      await locks.request(name, { signal }, () => {
        leads = true;
        onRole('leading');
        return subscribe({
          ...means,
          pace: eager,
          seen,
          signal,
          onSnapshot: (snapshot) => {
            tell('snapshot', snapshot);
            take(snapshot);
          },
          onWire: (event) => {
            lastWire = plain(event);
            tell('wire', lastWire);
            onWire(event);
          },
        });
      });
    } catch (failure) {
      if (!signal.aborted) {
        throw failure;
      }
    } finally {
      channel.close();
    }
  };
}

/** An error loses its facts on its way to another tab; a plain object keeps them. */
const plain = (event) => (event.trouble ? { ...event, trouble: { ...event.trouble } } : event);

const revived = ({ trouble, ...event }) => ({
  ...event,
  ...(trouble && { trouble: new Trouble(trouble.kind, trouble) }),
  shared: true,
});
