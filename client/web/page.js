import { readAddress, withParameter } from './address.js';
import { followServerClock, now } from './clock.js';
import { lanes } from './lanes.js';
import { network } from './network.js';
import { tabs } from './tabs.js';
import { listTasks } from './tasks.js';
import { textsFor } from './texts.js';
import { meanDelivery } from './theory.js';
import { timeline } from './timeline/timeline.js';
import { updates as knownUpdates } from './timeline/updates.js';
import { asksAtIntervals, holdsConnection, transports } from './transports/transports.js';
import { updateStatus } from './update-status.js';
import { automaticUpdater } from './updater.js';
import { allViews } from './views/views.js';

const FRAME_MS = 50;
const TICK_MS = 1000;
const TOKEN = 'pushlab.update-token';
const THEME = 'pushlab.theme';
const COURSE = ['En cours', 'Terminée', 'En attente', 'Échec'];

const url = document.baseURI;
const systemDark = matchMedia('(prefers-color-scheme: dark)');
const address = readAddress(location.search, Object.keys(transports));
const { task } = address;

let texts = textsFor([address.language, ...navigator.languages]);
let notice = address.unknownTransport;
let openTabs = 0;
let frame = null;
let steps = 0;

const clock = { offset: 0, uncertainty: Infinity, isKnown: () => clock.uncertainty < Infinity };
const updates = knownUpdates();
const net = network();
const here = tabs(navigator.locks);
const subscribers = lanes({
  url,
  task,
  network: net,
  updates,
  clock,
  now,
  locks: navigator.locks,
  isHidden: () => document.hidden,
  onChange: renderSoon,
});
const updater = automaticUpdater({
  update: () => update(COURSE[++steps % COURSE.length]),
  onFailure(trouble) {
    views.updateFailed(COURSE[steps % COURSE.length], trouble);
    render();
  },
});
const draw = timeline({
  box: document.getElementById('lanes'),
  canvas: document.getElementById('canvas'),
  updates,
  clock,
  now,
});
const views = allViews({
  task,
  names: subscribers.names,
  updater,
  draw,
  actions: {
    onUpdate: update,
    onToken: (token) => ifAllowed(() => sessionStorage.setItem(TOKEN, token)),
    onAnswer: render,
    onTransport(transport) {
      notice = null;
      remember('transport', transport);
      subscribe(transport, false);
    },
    addressOf: (race) => withParameter(location.search, 'view', race ? 'race' : null),
    onView(race) {
      remember('view', race ? 'race' : null);
      subscribe(subscribers.transport(), race);
    },
    onInterval(ms) {
      subscribers.pace.interval = ms;
      subscribers.pace.wake();
    },
    onLanguage() {
      texts = textsFor([texts.other.language]);
      remember('lang', texts.language);
      speak();
    },
    onTheme() {
      const theme = document.documentElement.dataset.theme ?? (systemDark.matches ? 'dark' : 'light');
      showTheme(theme === 'dark' ? 'light' : 'dark');
    },
    onCut: net.cut,
    onFaults(changes) {
      net.set(changes);
      subscribers.share({ alone: net.isTroubled() });
      subscribers.pace.wake();
      render();
    },
    onShare(share) {
      subscribers.share({ wanted: share });
      countTabs();
    },
    onReset: subscribers.reset,
    listTasks: () => listTasks(url),
    onChoice: (name) => location.assign(withParameter(location.search, 'task', name)),
  },
});

showTheme(ifAllowed(() => localStorage.getItem(THEME)));
subscribe(address.transport, address.race);
speak();
setInterval(render, TICK_MS);
setInterval(countTabs, 2 * TICK_MS);
followServerClock({
  url,
  signal: new AbortController().signal,
  onEstimate: (estimate) => Object.assign(clock, estimate),
});
document.addEventListener('visibilitychange', () => document.hidden || subscribers.pace.wake());
addEventListener('online', subscribers.pace.wake);
systemDark.addEventListener('change', recolour);

function subscribe(transport, race) {
  subscribers.subscribe({ to: transport, all: race });
  const seen = subscribers.subscribed();
  views.showLanes(seen.length, race);
  draw.show(seen.map(({ past }) => past));
  render();
}

async function update(status) {
  const snapshot = await updateStatus({ url, task, status, token: ifAllowed(() => sessionStorage.getItem(TOKEN)) });
  updates.learn(snapshot);
  subscribers.catchUp();
  if (subscribers.subscribed().some(({ state }) => state.phase === 'retrying')) {
    subscribers.again();
  }
}

function remember(name, value) {
  history.replaceState(null, '', withParameter(location.search, name, value));
}

function showTheme(theme) {
  if (theme !== null) {
    document.documentElement.dataset.theme = theme;
    ifAllowed(() => localStorage.setItem(THEME, theme));
  }
  recolour();
}

/** What a browser that keeps nothing refuses is null. */
function ifAllowed(use) {
  try {
    return use();
  } catch {
    return null;
  }
}

function recolour() {
  draw.remeasure();
  views.recolour();
}

function speak() {
  views.speak(texts);
  draw.speak(texts.language);
  render();
}

async function countTabs() {
  openTabs = await here.count();
  render();
}

/** What has been measured of each transport, and what theory expects over the network that is imitated. */
function figures() {
  const workload = {
    roundTripMs: net.roundTripMs(),
    interval: subscribers.pace.interval,
    perSecond: updater.perSecond(),
  };
  const measured = Object.entries(subscribers.figures());
  return Object.fromEntries(measured.map(([name, one]) => [name, { ...one, theory: meanDelivery(name, workload) }]));
}

/** Many events within a frame are one change to the eye. */
function renderSoon() {
  frame ??= setTimeout(render, FRAME_MS);
}

function render() {
  clearTimeout(frame);
  frame = null;
  const seen = subscribers.subscribed();
  const transport = subscribers.transport();
  const race = subscribers.isRacing();
  views.render({
    task,
    texts,
    at: now(),
    clock,
    notice,
    transport,
    race,
    shown: subscribers.ahead(),
    states: seen.map(({ state }) => state),
    figures: figures(),
    imitates: net.roundTripMs() > 0,
    asksAtIntervals: race || asksAtIntervals(transport),
    sharing: { ...subscribers.sharing, tabs: openTabs, holds: holdsConnection(transport), race },
  });
}
