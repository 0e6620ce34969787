import { measures } from './measures.js';
import { subscriber } from './subscriber.js';
import { timeOf } from './clock.js';
import { history } from './timeline/history.js';

/**
 * A subscriber, and what the page keeps of it: its state, its history for the timeline, and how late it learned over
 * each transport. `updates` are those known of, `clock` says how far the server's is ahead; `onChange` is told the
 * lane and the event.
 */
export function lane({ transports, updates, clock, now, onChange, ...means }) {
  const newMeters = () => Object.fromEntries(Object.keys(transports).map((name) => [name, measures()]));
  let meters = newMeters();
  const past = history(updates);
  let listeningSince = Infinity;

  const onPage = (serverTime) => serverTime - clock.offset;
  const shown = () => kept.state?.snapshot ?? null;
  const replacedAt = () => onPage(updates.replacedAt(updates.orderOf(shown())));

  const subscribing = subscriber({
    ...means,
    transports,
    now,
    onChange: (state, event) => {
      const before = kept.state;
      kept.state = state;
      past.happen(event);
      measure(before, event);
      onChange(kept, event);
    },
  });

  function measure(before, { type, at, snapshot }) {
    if (type === 'subscribe' || type === 'leave' || type === 'reset') {
      meters[before?.transport]?.stop(at);
      meters = type === 'reset' ? newMeters() : meters;
      meters[kept.state.transport]?.start(at);
      listeningSince = type === 'reset' || before?.transport !== kept.state.transport ? at : listeningSince;
      kept.catchUp();
    } else if (type === 'snapshot' && kept.state.snapshot === snapshot) {
      const age = at - onPage(timeOf(snapshot.updatedAt));
      kept.age = clock.isKnown() ? age : null;
      kept.before = clock.isKnown() && at - age < listeningSince;
      meters[kept.state.transport].delivered(at, kept.before ? null : kept.age, replacedAt());
    }
  }

  const kept = {
    state: null,
    /** How old the version shown was when it came, in milliseconds; null where the server's clock is not known. */
    age: null,
    /** Whether that version was made before anybody listened here, so that its age is no delay. */
    before: false,
    past,
    read: (transport) => meters[transport].read(now()),
    switchTo: subscribing.switchTo,
    reset: subscribing.reset,
    stop: subscribing.stop,

    /** Something new is known of the updates. */
    catchUp() {
      const transport = kept.state?.transport;
      if (transport && shown()) {
        meters[transport].replaced(replacedAt());
      }
    },
  };
  return kept;
}
