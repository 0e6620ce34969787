import { duration } from './format.js';
import { NETWORKS } from '../networks.js';
import { sliderView } from './slider.js';

const DELAYS_MS = [0, 100, 300, 1000, 3000];

/** Buttons for trouble on purpose: `onCut` cuts what is open, `onFaults` is told which faults are to be. */
export function faultsView({ fieldset, cut, network, networkValue, delay, delayValue }, { onCut, onFaults, onAnswer }) {
  const networkSlider = sliderView(
    { input: network, output: networkValue },
    {
      values: NETWORKS,
      wordsFor: (texts, { name, roundTripMs }) => texts.networks[name](duration(roundTripMs, texts.language)),
      onValue: ({ roundTripMs }) => {
        onFaults({ roundTripMs });
        onAnswer();
      },
    },
  );
  const delaySlider = sliderView(
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
    networkSlider(texts);
    delaySlider(texts);
  };
}
