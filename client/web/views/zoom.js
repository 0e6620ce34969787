import { choiceView } from './choice.js';
import { duration } from './format.js';
import { put } from './put.js';

/** How much of the past the timeline shows, and which: `view` is the timeline. */
export function zoomView({ windows, freeze, lookBack, lookBackValue }, view) {
  let chosen = '12000';
  let frozen = false;
  const choice = choiceView(windows, {
    name: 'window',
    options: ['12000', '60000', '600000', '3600000'],
    wordsFor: (texts, ms) => texts.windows[ms],
    onChoice: (ms) => {
      chosen = ms;
      view.zoom(Number(ms));
    },
  });
  let render = () => {};

  const setFrozen = (isFrozen) => {
    frozen = isFrozen;
    view.freeze(isFrozen);
    render();
  };
  freeze.addEventListener('click', () => {
    lookBack.value = 0;
    view.lookBack(0);
    setFrozen(!frozen);
  });
  lookBack.addEventListener('input', () => {
    view.lookBack(-lookBack.value * 1000);
    if (frozen !== lookBack.value < 0) {
      setFrozen(lookBack.value < 0);
    }
    render();
  });

  return function show({ texts }) {
    render = () => show({ texts });
    choice(chosen, texts);
    const seconds = Number(lookBack.value);
    const words = seconds === 0 ? texts.now : duration(seconds * 1000, texts.language);
    put(lookBackValue, words);
    lookBack.setAttribute('aria-valuetext', words);
    freeze.setAttribute('aria-pressed', frozen);
    put(freeze, frozen ? texts.goOn : texts.freeze);
  };
}
