import { readAddress, withParameter } from './address.js';
import { subscriber } from './subscriber.js';
import { textsFor } from './texts.js';
import { transports } from './transports/transports.js';
import { updateStatus } from './update-status.js';
import { connectionView } from './views/connection.js';
import { put } from './views/put.js';
import { statusView } from './views/status.js';
import { transportsView } from './views/transports.js';
import { updateView } from './views/update.js';

const FRAME_MS = 16;
const TOKEN = 'pushlab.update-token';
const names = Object.keys(transports);
const url = document.baseURI;
const byId = (id) => document.getElementById(id);
const { transport, unknownTransport, task, language } = readAddress(location.search, names);

let texts = textsFor([language, ...navigator.languages]);
let notice = unknownTransport;
let state;
let frame = null;

const views = [
  statusView({
    now: byId('now'),
    heading: byId('task'),
    status: byId('status'),
    version: byId('version'),
    epoch: byId('epoch'),
    changed: byId('changed'),
  }),
  connectionView({ connection: byId('connection'), trouble: byId('trouble') }),
  updateView(
    { course: byId('update'), any: byId('update-any'), notUpdated: byId('not-updated'), token: byId('update-token') },
    { onUpdate: update, onToken: (token) => sessionStorage.setItem(TOKEN, token), onAnswer: render },
  ),
  transportsView(
    { table: byId('transports'), faults: byId('faults') },
    { transports: names, onChoice: choose },
  ),
];

const { switchTo } = subscriber({
  url,
  task,
  transports,
  onChange: (changed) => {
    state = changed;
    renderSoon();
  },
});

byId('language').addEventListener('click', () => {
  texts = textsFor([texts.other.language]);
  remember('lang', texts.language);
  speak();
  render();
});

speak();
switchTo(transport);
setInterval(render, 1000);

function choose(name) {
  notice = null;
  remember('transport', name);
  switchTo(name);
}

async function update(status) {
  await updateStatus({ url, task, status, token: sessionStorage.getItem(TOKEN) });
  if (state.phase === 'retrying') {
    switchTo(state.transport);
  }
}

function remember(name, value) {
  history.replaceState(null, '', withParameter(location.search, name, value));
}

function speak() {
  document.documentElement.lang = texts.language;
  for (const element of document.querySelectorAll('[data-text]')) {
    put(element, texts[element.dataset.text]);
  }
  byId('language').lang = texts.other.language;
  put(byId('language'), texts.other.name);
}

/** Many events within a frame are one change to the eye. */
function renderSoon() {
  frame ??= setTimeout(render, FRAME_MS);
}

function render() {
  clearTimeout(frame);
  frame = null;
  put(byId('notice'), notice === null ? '' : texts.unknownTransport(notice));
  for (const view of views) {
    view(state, { task, texts, at: Date.now() });
  }
}
