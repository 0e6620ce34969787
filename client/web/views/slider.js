import { put } from './put.js';

/** A slider over some values, told to `onValue`; `wordsFor` says what a value means. */
export function sliderView({ input, output }, { values, wordsFor, onValue }) {
  input.max = values.length - 1;
  const value = () => values[input.value];
  input.addEventListener('input', () => onValue(value()));

  return function render(texts) {
    const words = wordsFor(texts, value());
    put(output, words);
    input.setAttribute('aria-valuetext', words);
  };
}
