// Suppliers side by side: accuracy with intervals, price against quality, the table, who is better than whom, the cheapest mix.
import { make } from './dom.js';
import { count, isNumber } from './format.js';
import { dotPlot, intervalMark, scatter } from './charts.js';
import { axis } from './axis.js';
import { message, percentTick, plain, price, seconds, sure } from './messages.js';
import { empty, figure, intervalText, name, outOf, section, unknown, why } from './parts.js';
import { dataTable, nameColumn, numberColumn } from './table.js';

const kAccuracyNotes = ['one_label_per_task', 'one_annotator', 'one_class', 'no_gold', 'disconnected_groups', 'more_classes_than_labels'];
const kPriceNotes = ['no_price', 'some_without_price', 'mixed_currencies'];

export function suppliersSection(question) {
  const suppliers = byAccuracy(question.suppliers ?? []);
  if (!suppliers.length) return section('suppliers', empty('ui.no_suppliers'));
  return section('suppliers',
    figure('ui.accuracy_of_labels', accuracyPlot(suppliers)),
    pricePlot(suppliers),
    dataTable({ id: 'suppliers', rows: suppliers, csvRows: question.suppliers, columns: kColumns }),
    why(question, suppliers, 'accuracy', kAccuracyNotes),
    why(question, suppliers, 'cost_per_correct', kPriceNotes),
    why(question, suppliers, 'seconds_median', ['no_time']));
}

function byAccuracy(suppliers) {
  return [...suppliers].sort((a, b) => (b.accuracy ?? -1) - (a.accuracy ?? -1));
}

function accuracyPlot(suppliers) {
  const rows = suppliers.map((s) => ({
    name: name(s.supplier), value: s.accuracy, low: s.accuracy_low, high: s.accuracy_high,
    text: [make('b', {}, intervalText(s.accuracy, s.accuracy_low, s.accuracy_high)), ' ', make('small', {}, message('ui.n_labels', { count: s.label_count ?? 0 }))],
  }));
  return dotPlot(rows, { tick: percentTick });
}

function pricePlot(suppliers) {
  const known = suppliers.filter((s) => isNumber(s.accuracy) && isNumber(s.price_per_label));
  if (known.length < 2) return null;
  const marks = known.map((s) => ({ name: name(s.supplier), x: s.price_per_label, y: s.accuracy, low: s.accuracy_low, high: s.accuracy_high, strong: true }));
  return figure('ui.price_quality', scatter(marks, {
    label: plain('ui.price_quality_text', { count: known.length }), xTick: price, yTick: percentTick,
    xLabel: message('ui.price_per_label'), yLabel: message('ui.accuracy'),
  }));
}

const kColumns = [
  nameColumn('supplier', 'ui.supplier'),
  { key: 'accuracy', head: 'ui.accuracy', numeric: true, cell: (s) => (isNumber(s.accuracy) ? intervalText(s.accuracy, s.accuracy_low, s.accuracy_high) : unknown()), sort: (s) => s.accuracy },
  { key: 'basis', head: 'ui.basis', cell: (s) => (s.basis ? message(`basis.${s.basis}`) : unknown()), sort: (s) => s.basis },
  numberColumn('label_count', 'ui.labels', count),
  numberColumn('task_count', 'ui.tasks', count),
  numberColumn('annotator_count', 'ui.annotators_head', count),
  { key: 'gold', head: 'ui.gold_right', numeric: true, cell: (s) => outOf(s.gold_correct_count, s.gold_label_count), sort: (s) => (s.gold_label_count ? s.gold_correct_count / s.gold_label_count : null) },
  numberColumn('price_per_label', 'ui.price_per_label', price),
  { key: 'cost_per_correct', head: 'ui.cost_per_correct', numeric: true, cell: costPerCorrect, sort: (s) => s.cost_per_correct },
  numberColumn('seconds_median', 'ui.seconds_median', seconds),
  numberColumn('flagged_annotator_count', 'ui.flagged', count),
];

function costPerCorrect(row) {
  if (!isNumber(row.cost_per_correct)) return unknown();
  if (!isNumber(row.cost_per_correct_low)) return price(row.cost_per_correct);
  return plain('format.interval', { value: price(row.cost_per_correct), low: price(row.cost_per_correct_low), high: price(row.cost_per_correct_high) });
}

// Is A better than B? ----------------------------------------------------------------------------------------------------

export function pairsSection(question) {
  const pairs = question.pairs ?? [];
  if (!pairs.length) return section('pairs', empty((question.suppliers ?? []).length > 1 ? 'ui.no_pairs' : 'ui.no_pairs_single'));
  const reach = Math.max(0.01, ...pairs.flatMap((p) => [p.low, p.high, p.difference]).filter(isNumber).map(Math.abs));
  const scale = axis(-reach, reach, 4);
  const columns = [
    nameColumn('supplier_a', 'ui.supplier_a'),
    nameColumn('supplier_b', 'ui.supplier_b'),
    { key: 'difference', head: 'ui.difference', wide: true, cell: (p) => difference(p, scale), sort: (p) => p.difference },
    numberColumn('probability_a_better', 'ui.probability_a_better', sure),
    { key: 'conclusion', head: 'ui.conclusion', cell: (p) => make('span', p.conclusion === 'not_known' ? { class: 'open' } : { class: 'settled' }, message(`conclusion.${p.conclusion}`, p)), sort: (p) => p.conclusion },
    { key: 'method', head: 'ui.method_head', cell: (p) => message(`method.${p.method}`), sort: (p) => p.method },
    numberColumn('task_count', 'ui.shared_tasks', count),
    numberColumn('gold_task_count', 'ui.gold_tasks', count),
  ];
  return section('pairs', dataTable({ id: 'pairs', rows: pairs, columns }), why(question, pairs, 'difference', ['no_overlap', ...kAccuracyNotes]));
}

function difference(pair, scale) {
  if (!isNumber(pair.difference)) return unknown();
  const text = plain('format.difference', { value: pair.difference, low: pair.low, high: pair.high });
  return [intervalMark(scale, pair.difference, pair.low, pair.high, { reference: 0 }), make('span.figure', {}, text)];
}

// The cheapest mix ---------------------------------------------------------------------------------------------------------

export function mixSection(question) {
  const mix = question.mix;
  if (!mix?.options?.length) return section('mix', emptyMix(question));
  const rows = mix.options.map((option, i) => ({ ...option, cheapest: i === mix.cheapest }));
  const sized = rows.filter((r) => isNumber(r.accuracy) && isNumber(r.cost_per_task));
  const plot = sized.length > 1 ? figure('ui.mix_plot', scatter(sized.map((r) => point(r)), {
    label: plain('ui.mix_plot_text', { count: sized.length, target: mix.target_accuracy }), target: mix.target_accuracy,
    xTick: price, yTick: percentTick, xLabel: message('ui.cost_per_task'), yLabel: message('ui.consensus_accuracy'),
  })) : null;
  return section('mix', make('p.answer', {}, mixAnswer(mix, rows)), plot,
    dataTable({ id: 'mix', rows, csvRows: rows, columns: kMixColumns }), mix.basis ? make('p.why', {}, message('ui.mix_basis', { basis: mix.basis })) : null);
}

function point(option) {
  return { name: option.cheapest ? message('ui.cheapest') : null, x: option.cost_per_task, y: option.accuracy, low: option.accuracy_low, high: option.accuracy_high, strong: option.cheapest };
}

function mixAnswer(mix, rows) {
  const best = rows.find((r) => r.cheapest);
  if (!best) return message('ui.mix_none', { target: mix.target_accuracy });
  return message('ui.mix_found', { target: mix.target_accuracy, mix: best.supplier_mix, cost: best.cost_per_task });
}

function emptyMix(question) {
  const notes = (question.notes ?? []).filter((note) => ['mix_unknown', ...kPriceNotes].includes(note.code));
  return make('p.empty', {}, notes.length ? notes.map((note) => [message(`note.${note.code}`, note.args), ' ']) : message('note.mix_unknown'));
}

const kMixColumns = [
  { key: 'mix', head: 'ui.mix_head', cell: (m) => [message('ui.mix_of', { mix: m.supplier_mix }), m.cheapest ? make('span.tag', {}, message('ui.cheapest')) : null], sort: (m) => plain('ui.mix_of', { mix: m.supplier_mix }) },
  numberColumn('cost_per_task', 'ui.cost_per_task', price),
  { key: 'accuracy', head: 'ui.consensus_accuracy', numeric: true, cell: (m) => intervalText(m.accuracy, m.accuracy_low, m.accuracy_high), sort: (m) => m.accuracy },
];
