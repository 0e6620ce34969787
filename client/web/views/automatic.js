import { put } from './put.js';
import { sliderView } from './slider.js';
import { number } from './format.js';

const RATES = [0.2, 0.5, 1, 2, 5, 10, 20];

/** The automatic updater's switch and rate. */
export function automaticView({ form, button, rate, rateValue, unsent }, { updater, onAnswer }) {
  const slider = sliderView(
    { input: rate, output: rateValue },
    {
      values: RATES,
      wordsFor: (texts, value) => texts.perSecond(number(value, texts.language)),
      onValue: (value) => {
        updater.setRate(value);
        onAnswer();
      },
    },
  );
  updater.setRate(RATES[rate.value]);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    updater[updater.isRunning() ? 'stop' : 'start']();
    onAnswer();
  });

  return function render({ texts }) {
    button.classList.toggle('running', updater.isRunning());
    put(button, updater.isRunning() ? texts.stopAutomatic : texts.automatic);
    put(unsent, updater.unsent > 0 ? texts.unsent(updater.unsent) : '');
    slider(texts);
  };
}
