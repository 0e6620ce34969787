import { put } from './put.js';

/**
 * The forms that change the status. `onUpdate` is told the status and promises that it was changed; `onAnswer` is
 * called when that is known, for what went wrong to be shown.
 */
export function updateView({ course, any, notUpdated }, { onUpdate, onAnswer }) {
  let refused = null;

  const update = async (status) => {
    try {
      await onUpdate(status);
      refused = null;
    } catch (trouble) {
      refused = trouble;
    }
    onAnswer();
    return refused === null;
  };

  course.addEventListener('submit', (event) => {
    event.preventDefault();
    update(event.submitter.value);
  });
  any.addEventListener('submit', async (event) => {
    event.preventDefault();
    const field = any.elements.status;
    const sent = field.value;
    if ((await update(sent)) && field.value === sent) {
      field.value = '';
    }
  });

  return function render(_, { texts }) {
    put(notUpdated, refused ? texts.notUpdated(texts.trouble[refused.kind](refused)) : '');
  };
}
