// Which class is taken for which: a heat map with its numbers, for a supplier or an annotator.
import { make } from './dom.js';
import { bare, isNumber, visible } from './format.js';
import { message, plain } from './messages.js';
import { empty, name, section } from './parts.js';
import { csvButton } from './table.js';
import { state } from './state.js';

const kDrawn = 40;  // classes; beyond that a page shows the most frequent, the file beside it holds all
const chosen = new Map();

export function confusionSection(question) {
  const sources = [...matrices(question.suppliers, 'supplier', question), ...matrices(question.annotators, 'annotator', question)];
  if (!sources.length) return section('confusion', empty('ui.no_confusion'));
  const place = make('div');
  const source = () => sources[chosen.get(state.question) ?? 0] ?? sources[0];
  const draw = () => place.replaceChildren(heatMap(question, source()));
  draw();
  return section('confusion', make('div.bar', {}, select(sources, draw), csvButton('confusion', () => confusionRows(question, source()))), place);
}

function matrices(rows, kind, question) {
  const size = (question.classes ?? []).length;
  return (rows ?? []).map((row) => ({ kind, row, name: row[kind], matrix: (row.confusion ?? []).flat() })).filter(({ matrix }) => size > 0 && matrix.length === size * size);
}

function select(sources, draw) {
  const group = (kind) => {
    const options = sources.map((source, i) => [source, i]).filter(([source]) => source.kind === kind)
      .map(([source, i]) => make('option', { value: i, selected: i === (chosen.get(state.question) ?? 0) }, isolate(source.name)));
    return options.length ? make('optgroup', { label: plain(`ui.group_${kind}`) }, options) : null;
  };
  const pick = (event) => { chosen.set(state.question, Number(event.target.value)); draw(); };
  return make('label.filter', {}, make('span', {}, message('ui.answers_of')), make('select', { id: 'confusion-of', change: pick }, group('supplier'), group('annotator')));
}

// An <option> holds text only, so foreign names are set apart by control characters.
export function isolate(text) {
  return `\u2068${visible(text)}\u2069`;
}

function heatMap(question, source) {
  const all = question.classes.map((label, i) => ({ label, i, weight: question.consensus?.class_counts?.[i] ?? 0 }));
  const drawn = all.length <= kDrawn ? all : [...all].sort((a, b) => b.weight - a.weight).slice(0, kDrawn).sort((a, b) => a.i - b.i);
  const at = (row, column) => source.matrix[row.i * all.length + column.i];
  const head = make('tr', {}, make('th', { scope: 'col' }, message('ui.right_answer')), drawn.map((c) => make('th', { scope: 'col' }, name(c.label))));
  const rows = drawn.map((r) => make('tr', {}, make('th', { scope: 'row' }, name(r.label)), drawn.map((c) => heatCell(at(r, c), r === c))));
  const table = make('table.heat', {}, make('caption', {}, message('ui.caption_confusion', { name: source.name })), make('thead', {}, head), make('tbody', {}, rows));
  return make('div', {}, make('div.scroll', { tabindex: 0, role: 'group', 'aria-label': plain('ui.confusion') }, table),
    all.length > drawn.length ? make('p.why', {}, message('note.classes_shortened', { count: all.length, shown: drawn.length })) : null);
}

function heatCell(value, diagonal) {
  const spec = diagonal ? 'td.right' : 'td';
  if (!isNumber(value)) return make(spec, {}, make('span.unknown', {}, message('ui.unknown_mark')));
  return make(spec, { '--v': value.toFixed(3) }, bare(value));
}

function confusionRows(question, source) {
  const size = question.classes.length;
  return question.classes.flatMap((right, r) => question.classes.map((given, c) =>
    ({ [source.kind]: source.name, right_answer: right, given_label: given, fraction: source.matrix[r * size + c] })));
}
