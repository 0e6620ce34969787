import { put } from './put.js';
import { toneOf } from './tone.js';

/** A view of the snapshot shown: the status large, its version and epoch, and when it changed. */
export function statusView({ now, heading, status, version, epoch, changed }) {
  let shown = null;

  return function render({ snapshot }, { task, texts, at }) {
    put(heading, texts.task(task));
    if (snapshot === null) {
      put(status, texts.nothingYet);
      return;
    }
    if (snapshot !== shown) {
      shown = snapshot;
      const words = document.createElement('span');
      words.textContent = snapshot.status;
      status.replaceChildren(words);
      now.dataset.tone = toneOf(snapshot.status);
      now.dataset.length = snapshot.status.length > 24 ? 'long' : 'short';
      changed.dateTime = snapshot.updatedAt;
      document.title = `${snapshot.status} · Pushlab`;
    }
    put(version, texts.version(snapshot.version));
    put(epoch, texts.epoch(snapshot.epoch));
    put(changed, `${texts.changed} ${timeOf(snapshot.updatedAt, at, texts.language)}`);
  };
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
  const [amount, unit] =
    seconds < 60 ? [seconds, 'second'] : seconds < 3600 ? [seconds / 60, 'minute'] : [seconds / 3600, 'hour'];
  return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(-Math.floor(amount), unit);
}
