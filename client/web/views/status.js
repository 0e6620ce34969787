import { toneOf } from '../tone.js';
import { duration, number } from './format.js';
import { make } from './make.js';
import { put } from './put.js';

const SPOKEN_AFTER_MS = 700;
const MOVES_EVERY_MS = 500;

/**
 * A view of the snapshot shown: the status large, its version and epoch, when it changed, and how late it arrived or
 * that nobody listened yet when it changed. A screen reader is told once the changes pause.
 */
export function statusView({ now, heading, status, spoken, version, epoch, changed, age }) {
  let shown = null;
  let changedAt = -Infinity;
  let speaking = null;

  return function render({ snapshot, age: ms, before }, { task, texts, at, clock }) {
    put(heading, texts.task(task));
    if (snapshot === null) {
      put(status, texts.nothingYet);
      return;
    }
    if (snapshot !== shown) {
      shown = snapshot;
      const className = at - changedAt > MOVES_EVERY_MS ? 'arriving' : '';
      changedAt = at;
      status.replaceChildren(make('span', { className, textContent: snapshot.status }));
      now.dataset.tone = toneOf(snapshot.status).name;
      now.dataset.length = snapshot.status.length > 24 ? 'long' : 'short';
      changed.dateTime = snapshot.updatedAt;
      document.title = `${snapshot.status} · Pushlab`;
      clearTimeout(speaking);
      speaking = setTimeout(() => put(spoken, texts.spoken(snapshot.status, snapshot.version)), SPOKEN_AFTER_MS);
    }
    put(version, texts.version(snapshot.version));
    put(epoch, texts.epoch(snapshot.epoch));
    put(changed, `${texts.changed} ${timeOf(snapshot.updatedAt, at, texts.language)}`);
    const uncertainty = duration(clock.uncertainty, texts.language);
    const late = ms === null ? '' : texts.arrived(sinceThen(ms, texts.language), uncertainty);
    put(age, before ? texts.before : late);
  };
}

function sinceThen(ms, language) {
  const [amount, unit] = inUnit(ms / 1000);
  return unit === 'second'
    ? duration(Math.max(0, ms), language)
    : number(Math.floor(amount), language, { style: 'unit', unit, unitDisplay: 'long' });
}

function timeOf(updatedAt, at, language) {
  const time = new Date(updatedAt);
  const sameDay = time.toDateString() === new Date(at).toDateString();
  const clock = new Intl.DateTimeFormat(language, {
    timeStyle: 'medium',
    ...(sameDay ? {} : { dateStyle: 'medium' }),
  }).format(time);
  return `${clock} (${agoOf(Math.max(0, at - time) / 1000, language)})`;
}

function agoOf(seconds, language) {
  const [amount, unit] = inUnit(seconds);
  return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(-Math.floor(amount), unit);
}

function inUnit(seconds) {
  return seconds < 60 ? [seconds, 'second'] : seconds < 3600 ? [seconds / 60, 'minute'] : [seconds / 3600, 'hour'];
}
