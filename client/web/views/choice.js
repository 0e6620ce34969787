import { make } from './make.js';
import { put } from './put.js';

/** A choice of one of some names, told to `onChoice`. `wordsFor` gives the label of a name, and perhaps a hint. */
export function choiceView(fieldset, { name, options, wordsFor, onChoice }) {
  const labels = new Map(
    options.map((value) => {
      const label = make(
        'label',
        {},
        make('input', { type: 'radio', name, value }),
        make('span', { className: 'name' }),
        make('span', { className: 'hint' }),
      );
      fieldset.append(label);
      return [value, label];
    }),
  );
  fieldset.addEventListener('change', ({ target }) => onChoice(target.value));

  return function render(chosen, texts) {
    for (const [value, label] of labels) {
      const [words, hint = ''] = [wordsFor(texts, value)].flat();
      label.querySelector('input').checked = value === chosen;
      put(label.querySelector('.name'), words);
      put(label.querySelector('.hint'), hint);
    }
  };
}
