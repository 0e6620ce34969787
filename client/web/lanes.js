import { lane } from './lane.js';
import { holdsConnection, transports } from './transports/transports.js';
import { pace } from './transports/pace.js';
import { shared } from './sharing.js';

const names = Object.keys(transports);

/**
 * The subscribers of the page: `one`, over one transport at a time, whose connection tabs may share, and `race`, one
 * for each transport, each with connections of its own. Either the one or the others are subscribed.
 */
export function lanes({ locks, isHidden, onChange, ...means }) {
  const going = pace({ isHidden });
  const sharing = { available: Boolean(locks), wanted: true, alone: false, role: 'connecting' };
  const common = { ...means, pace: going };
  let racing = false;
  let transport = null;

  const sharedOnes = Object.fromEntries(
    names.filter(holdsConnection).map((name) => [
      name,
      shared(transports[name], {
        place: (task) => `pushlab ${name} of ${task}`,
        locks,
        onRole: (role) => (sharing.role = role),
      }),
    ]),
  );
  const isShared = (name) => sharing.available && sharing.wanted && !sharing.alone && holdsConnection(name);
  const subscribes = Object.fromEntries(
    names.map((name) => [name, (subscription) => (isShared(name) ? sharedOnes : transports)[name](subscription)]),
  );

  const heard = (one, event) => {
    if (event.type === 'snapshot') {
      all.forEach((other) => other.catchUp());
    }
    onChange(one, event);
  };
  const one = lane({ ...common, transports: subscribes, onChange: heard });
  const race = new Map(names.map((name) => [name, lane({ ...common, transports, onChange: heard })]));
  const all = [one, ...race.values()];
  const subscribed = () => (racing ? [...race.values()] : [one]);

  const again = () => {
    sharing.role = 'connecting';
    if (racing) {
      race.forEach((runner, name) => runner.switchTo(name));
    } else {
      one.switchTo(transport);
    }
  };

  return {
    names,
    pace: going,
    sharing,
    isRacing: () => racing,
    transport: () => transport,
    subscribed,

    /** What has been counted and measured of each transport, by name. */
    figures: () =>
      Object.fromEntries(
        names.map((name) => {
          const { state, read } = racing ? race.get(name) : one;
          return [name, { ...state.counts[name], ...read(name) }];
        }),
      ),

    /** What the subscriber shows that knows most, and the trouble of any. */
    ahead() {
      const seen = subscribed();
      const orderOf = ({ state: { snapshot } }) => (snapshot ? means.updates.orderOf(snapshot) : -1);
      const most = seen.reduce((first, other) => (orderOf(other) > orderOf(first) ? other : first));
      const trouble = seen.map(({ state }) => state.trouble).find(Boolean) ?? null;
      return { ...most.state, trouble, age: most.age, before: most.before };
    },

    /** Subscribes over one transport, or over all. */
    subscribe({ to, all: raceOfAll }) {
      const wasRacing = racing;
      [transport, racing] = [to, raceOfAll];
      if (racing && !wasRacing) {
        one.stop();
        race.forEach((runner, name) => runner.switchTo(name));
      } else if (!racing) {
        wasRacing && race.forEach((runner) => runner.stop());
        sharing.role = 'connecting';
        one.switchTo(to);
      }
    },

    /** Starts the subscriptions over, from what is shown. */
    again,

    /** Shares connections with other tabs, where it can, or does not: `wanted`, and not `alone` for a while. */
    share(changes) {
      const before = isShared(transport);
      Object.assign(sharing, changes);
      if (!racing && before !== isShared(transport)) {
        again();
      }
    },

    /** Counts from nothing again. */
    reset: () => all.forEach((each) => each.state && each.reset()),

    /** Somebody learned of an update in another way. */
    catchUp: () => all.forEach((each) => each.catchUp()),
  };
}
