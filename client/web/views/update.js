import { put } from './put.js';

/**
 * The forms that change the status. `onUpdate` is told the status and promises that it was changed; `onAnswer` is
 * called when that is known, for what went wrong to be shown. Where the server wants a token, it is asked for and
 * told `onToken`.
 */
export function updateView({ course, any, notUpdated, token }, { onUpdate, onToken, onAnswer }) {
  let refused = null;
  let wanted = null;

  const update = async (status) => {
    wanted = status;
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
  token.addEventListener('submit', (event) => {
    event.preventDefault();
    onToken(token.elements.token.value);
    token.reset();
    update(wanted);
  });

  return {
    /** An update to `status` that nobody typed has failed. */
    failed(status, trouble) {
      wanted = status;
      refused = trouble;
    },

    render({ texts }) {
      token.hidden = refused?.status !== 401;
      put(notUpdated, refused ? texts.notUpdated(texts.trouble[refused.kind](refused)) : '');
    },
  };
}
