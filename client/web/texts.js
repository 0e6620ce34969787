import { english } from './texts/english.js';
import { french } from './texts/french.js';

const languages = { fr: french, en: english };

/** The texts in the first of the wanted languages that there is, else in French, the course's own. */
export function textsFor(wanted) {
  const found = wanted.map((tag) => languages[tag?.slice(0, 2).toLowerCase()]).find(Boolean);
  return found ?? french;
}
