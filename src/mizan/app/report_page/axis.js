// Axes: round ticks, and positions in per cent from the reading side, so that every plot mirrors with the language.
import { make, draw } from './dom.js';
import { isRtl } from './state.js';
import { isNumber } from './format.js';

export function axis(low, high, wanted = 5) {
  const step = roundStep((high - low) / wanted || 1);
  const first = Math.floor(low / step + 1e-9);
  const last = Math.max(Math.ceil(high / step - 1e-9), first + 1);
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
  return { ticks, low: ticks[0], high: ticks.at(-1), at: (v) => share(v, ticks[0], ticks.at(-1)) };
}

// An axis of fractions that holds every value and does not leave 0..1.
export function fractionAxis(values) {
  const known = values.filter(isNumber);
  if (!known.length) return axis(0, 1);
  const low = Math.max(0, Math.min(...known) - 0.01);
  const high = Math.min(1, Math.max(...known) + 0.01);
  return axis(low, high);
}

function share(value, low, high) {
  return 100 * Math.min(1, Math.max(0, (value - low) / (high - low)));
}

function roundStep(rough) {
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((f) => f * power >= rough * 0.999);
  return factor * power;
}

// Per cent from the reading side → x of an SVG, which always counts from the left.
export function x(position) {
  return `${(isRtl() ? 100 - position : position).toFixed(3)}%`;
}

export function line(x1, y1, x2, y2, spec = 'line') {
  return draw(spec, { x1: x(x1), y1, x2: x(x2), y2 });
}

export function dot(px, y, spec = 'circle.dot', r = 4.5) {
  return draw(spec, { cx: x(px), cy: y, r });
}

export function box(from, to, y, height, spec = 'rect.bar') {
  const left = isRtl() ? 100 - to : from;
  return draw(spec, { x: `${left.toFixed(3)}%`, width: `${Math.max(0, to - from).toFixed(3)}%`, y: `${y}%`, height: `${height}%` });
}

// Tick texts below a plot: HTML, so that they wrap, mirror and print like text.
export function tickRow(scale, text) {
  return make('div.ticks', { 'aria-hidden': 'true' }, scale.ticks.map((tick) =>
    make('span', { style: { 'inset-inline-start': `${scale.at(tick)}%` } }, text(tick))));
}
