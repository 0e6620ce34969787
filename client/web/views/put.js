/** Makes `text` what the element says, and leaves it untouched if it says so already (a live region stays quiet). */
export function put(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}
