// Elements without markup strings: every text becomes a text node, so no name in the data can become HTML.

const kSvg = 'http://www.w3.org/2000/svg';

// make('td.number', { scope: 'row' }, 'text', [node, …]); null and false children are skipped.
export function make(spec, attributes = {}, ...children) {
  return fill(document.createElement(spec.split('.')[0]), spec, attributes, children);
}

export function draw(spec, attributes = {}, ...children) {
  return fill(document.createElementNS(kSvg, spec.split('.')[0]), spec, attributes, children);
}

function fill(element, spec, attributes, children) {
  const classes = spec.split('.').slice(1);
  if (classes.length) element.setAttribute('class', classes.join(' '));
  for (const [name, value] of Object.entries(attributes)) setAttribute(element, name, value);
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

function setAttribute(element, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (typeof value === 'function') element.addEventListener(name, value);
  else if (name.startsWith('--') || name === 'inline-size') element.style.setProperty(name, value);
  else if (name === 'style') for (const [property, v] of Object.entries(value)) element.style.setProperty(property, v);
  else element.setAttribute(name, value === true ? '' : String(value));
}

export function byId(id) {
  return document.getElementById(id);
}
