/** An element of a kind, with these properties and children. */
export function make(kind, properties = {}, ...children) {
  const { dataset = {}, ...rest } = properties;
  const element = Object.assign(document.createElement(kind), rest);
  Object.assign(element.dataset, dataset);
  element.append(...children);
  return element;
}
