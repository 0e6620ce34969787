import { duration } from './format.js';
import { sliderView } from './slider.js';

const DELAYS_MS = [0, 100, 300, 1000, 3000];

/** Buttons for trouble on purpose: `onCut` cuts what is open, `onFaults` is told which faults are to be. */
export function faultsView({ fieldset, cut, delay, delayValue }, { onCut, onFaults, onAnswer }) {
  const slider = sliderView(
    { input: delay, output: delayValue },
    {
      values: DELAYS_MS,
      wordsFor: (texts, ms) => duration(ms, texts.language),
      onValue: (delayMs) => {
        onFaults({ delayMs });
        onAnswer();
      },
    },
  );
  cut.addEventListener('click', onCut);
  fieldset.addEventListener('change', ({ target }) => {
    if (target.type === 'checkbox') {
      onFaults({ [target.name]: target.checked });
    }
  });
  return function render({ texts, sharing: { role, holds, wanted, alone, race } }) {
    // What another tab holds cannot be cut from here.
    cut.disabled = !race && holds && wanted && !alone && role === 'following';
    slider(texts);
  };
}
