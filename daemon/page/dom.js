// Elements made by hand: text goes in as text, never as markup.

/// element("p", {class: "quiet", onclick: …, hidden: false}, "words", anotherElement, [more], null).
export function element(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

const kSvg = 'http://www.w3.org/2000/svg';
export function svg(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(kSvg, tag), attributes, children);
}

function filled(made, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? '' : String(value));
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ''));
  return made;
}

export const byId = (id) => document.getElementById(id);

/// Puts the children in the place of what was there; what has the focus keeps it when something takes its place (the
/// same data-key).
export function replace(parent, ...children) {
  const key = parent.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  parent.replaceChildren(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  if (key === undefined) return;
  for (const made of parent.querySelectorAll('[data-key]')) {
    if (made.dataset.key === key) return made.focus({preventScroll: true});
  }
}
