// Small plots: interval marks, a scatter of points with their intervals, bars. Plain SVG in per cent of the room they get.
import { axis, box, dot, fractionAxis, line, tickRow, x } from './axis.js';
import { draw, make } from './dom.js';
import { isNumber } from './format.js';

// One value with its interval on a shared axis; `reference` draws a line to compare with.
export function intervalMark(scale, value, low, high, { reference = null, height = 18, label = null } = {}) {
  const middle = height / 2;
  const marks = [line(0, middle, 100, middle, 'line.rail')];
  if (reference !== null) marks.push(line(scale.at(reference), 1, scale.at(reference), height - 1, 'line.reference'));
  if (isNumber(low) && isNumber(high)) marks.push(line(scale.at(low), middle, scale.at(high), middle, 'line.interval'));
  if (isNumber(value)) marks.push(dot(scale.at(value), middle, 'circle.dot', 4));
  const hidden = label === null ? { 'aria-hidden': 'true' } : { role: 'img', 'aria-label': label };
  return draw('svg.mark', { height, width: '100%', ...hidden }, marks);
}

// Rows of name, interval on a common axis, and words.
export function dotPlot(rows, { tick, reference = null }) {
  const scale = fractionAxis(rows.flatMap((row) => [row.value, row.low, row.high, reference]));
  const grid = () => scale.ticks.map((t) => line(scale.at(t), 0, scale.at(t), 34, 'line.grid'));
  const items = rows.map((row) => {
    const mark = isNumber(row.value) ? [dotMarks(scale, row)] : [];
    return make('li', {}, make('span.who', {}, row.name),
      make('span.track', {}, draw('svg', { height: 34, width: '100%', 'aria-hidden': 'true' }, grid(), mark)), make('span.figure', {}, row.text));
  });
  return make('div.dotplot', {}, make('ul', { role: 'list' }, items), make('div.axis', {}, make('span.track', {}, tickRow(scale, tick))));
}

function dotMarks(scale, { value, low, high }) {
  const ends = isNumber(low) && isNumber(high)
    ? [line(scale.at(low), 17, scale.at(high), 17, 'line.interval'), ...[low, high].map((end) => line(scale.at(end), 12, scale.at(end), 22, 'line.cap'))]
    : [];
  return draw('g', {}, ends, dot(scale.at(value), 17, 'circle.dot', 5.5));
}

// points: {name, x, y, low, high, xLow, xHigh, strong}. Names are written where they do not cover one another.
export function scatter(points, options) {
  const across = options.across ?? rangeAxis(points.flatMap((p) => [p.x, p.xLow, p.xHigh]));
  const up = options.up ?? fractionAxis([...points.flatMap((p) => [p.y, p.low, p.high]), options.target]);
  const y = (v) => `${(100 - up.at(v)).toFixed(3)}%`;
  const grid = [...up.ticks.map((t) => line(0, y(t), 100, y(t), 'line.grid')), ...across.ticks.map((t) => line(across.at(t), '0%', across.at(t), '100%', 'line.grid'))];
  const extra = [];
  if (options.diagonal) extra.push(diagonal(across, up, y));
  if (isNumber(options.target)) extra.push(line(0, y(options.target), 100, y(options.target), 'line.target'));
  const marks = points.map((p) => pointMarks(p, across, y));
  const plot = make('div.plot', {},
    make('div.side', { 'aria-hidden': 'true' }, up.ticks.map((t) => make('span', { style: { top: y(t) } }, options.yTick(t)))),
    make('div.field', {}, draw('svg', { width: '100%', height: '100%', role: 'img', 'aria-label': options.label }, grid, extra, marks), names(points, across, up)),
    tickRow(across, options.xTick));
  return make('figure.scatter', {}, make('div.ylabel', {}, options.yLabel), plot, make('div.xlabel', {}, options.xLabel));
}

function rangeAxis(values) {
  const known = values.filter(isNumber);
  return known.length ? axis(0, Math.max(...known) * 1.08 || 1) : axis(0, 1);
}

function diagonal(across, up, y) {
  const from = Math.max(across.low, up.low);
  const to = Math.min(across.high, up.high);
  return to > from ? line(across.at(from), y(from), across.at(to), y(to), 'line.reference') : [];
}

function pointMarks(p, across, y) {
  const at = across.at(p.x);
  const marks = [];
  if (isNumber(p.low) && isNumber(p.high)) marks.push(line(at, y(p.low), at, y(p.high), 'line.interval'));
  if (isNumber(p.xLow) && isNumber(p.xHigh)) marks.push(line(across.at(p.xLow), y(p.y), across.at(p.xHigh), y(p.y), 'line.interval'));
  marks.push(dot(at, y(p.y), p.strong ? 'circle.dot' : 'circle.dot.hollow', p.strong ? 6 : 5));
  return marks;
}

function names(points, across, up) {
  const taken = [];
  return points.filter((p) => p.name).map((p) => {
    const [left, top] = [across.at(p.x), 100 - up.at(p.y)];
    if (taken.some(([l, t]) => Math.abs(l - left) < 22 && Math.abs(t - top) < 9)) return null;
    taken.push([left, top]);
    const side = left > 70 ? 'span.name.before' : 'span.name';
    return make(side, { 'aria-hidden': 'true', style: { 'inset-inline-start': `${left}%`, top: `${top}%` } }, p.name);
  });
}

// heights: counts of equal-width bins.
export function histogram(counts, { label, xTick, barText }) {
  const most = Math.max(...counts, 1);
  const wide = 100 / counts.length;
  const bars = counts.map((n, i) => box(i * wide + wide * 0.06, (i + 1) * wide - wide * 0.06, 100 - (100 * n) / most, (100 * n) / most));
  const texts = counts.map((n, i) => (n ? make('span.over', { style: { 'inset-inline-start': `${(i + 0.5) * wide}%`, bottom: `${(100 * n) / most}%` } }, barText(n)) : null));
  return make('figure.histogram', {},
    make('div.field', {}, draw('svg', { width: '100%', height: '100%', role: 'img', 'aria-label': label }, bars, draw('line.base', { x1: x(0), x2: x(100), y1: '100%', y2: '100%' })), make('div', { 'aria-hidden': 'true' }, texts)),
    tickRow(axis(0, 1, counts.length), xTick));
}
