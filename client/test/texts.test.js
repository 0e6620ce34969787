import assert from 'node:assert/strict';
import { test } from 'node:test';
import { textsFor } from '../web/texts.js';

const [french, english] = [textsFor(['fr']), textsFor(['en'])];

/** The paths of all texts in a language. */
function pathsOf(texts, path = '') {
  return Object.entries(texts).flatMap(([name, text]) =>
    typeof text === 'object' ? pathsOf(text, `${path}${name}.`) : `${path}${name}`,
  );
}

test('the first wanted language that there is wins, and French where there is none', () => {
  assert.equal(textsFor([null, 'en-GB', 'fr']), english);
  assert.equal(textsFor(['de', 'fr-CA', 'en']), french);
  assert.equal(textsFor(['de']), french);
  assert.equal(textsFor([null]), french);
});

test('every text is there in every language', () => {
  assert.deepEqual(pathsOf(english), pathsOf(french));
});

test('a proxy that does not pass on Upgrade is told its setting where it is known', () => {
  for (const texts of [french, english]) {
    const say = texts.trouble['not-upgraded'];
    assert.match(
      say({ by: 'Apache/2.4.71', setting: 'upgrade=websocket' }),
      /\(Apache\/2\.4\.71\).*: upgrade=websocket/,
    );
    assert.doesNotMatch(say({ by: null, setting: undefined }), /undefined|null/);
  }
});
