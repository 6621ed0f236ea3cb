// How sure the consensus is, whether that confidence is earned on gold, and how far annotators agree.
import { make } from './dom.js';
import { count, isNumber } from './format.js';
import { histogram, intervalMark, scatter } from './charts.js';
import { axis } from './axis.js';
import { message, percent, percentTick, plain } from './messages.js';
import { empty, figure, intervalText, name, section, unknown } from './parts.js';
import { csvButton, dataTable, nameColumn, numberColumn } from './table.js';

export function consensusSection(question) {
  const consensus = question.consensus;
  if (!consensus) return section('consensus', empty('ui.no_consensus'));
  return section('consensus', make('div.pair', {}, confidence(consensus), calibration(consensus.calibration)), classes(question, consensus));
}

function confidence({ confidence_histogram: counts, mean_confidence: mean }) {
  if (!counts?.some((n) => n > 0)) return null;
  const body = [histogram(counts, { label: plain('ui.histogram_text', { mean }), xTick: percentTick, barText: count }),
    make('p.note', {}, message('ui.histogram_note', { mean }))];
  return figure('ui.histogram', body, csvButton('confidence', () => counts.map((n, i) => ({ low: i / counts.length, high: (i + 1) / counts.length, task_count: n }))));
}

function calibration(measured) {
  const bins = (measured?.bins ?? []).filter((bin) => bin.task_count > 0 && isNumber(bin.accuracy));
  if (!bins.length) return figure('ui.calibration', empty('ui.no_calibration'));
  const marks = bins.map((bin) => ({ name: null, x: bin.mean_confidence, y: bin.accuracy, low: bin.accuracy_low, high: bin.accuracy_high, strong: true }));
  const lowest = Math.min(...marks.flatMap((m) => [m.x, m.y, m.low]).filter(isNumber));
  const scale = axis(Math.max(0, lowest), 1);
  return figure('ui.calibration', [
    scatter(marks, { label: plain('ui.calibration_text', { count: bins.length }), across: scale, up: scale, diagonal: true, xTick: percentTick, yTick: percentTick, xLabel: message('ui.confidence'), yLabel: message('ui.right_on_gold') }),
    make('p.note', {}, message('ui.calibration_note', { task_count: measured.task_count, accuracy: measured.accuracy, ece: measured.ece, log_loss: measured.log_loss })),
  ], csvButton('calibration', measured.bins));
}

function classes(question, consensus) {
  const total = (consensus.class_counts ?? []).reduce((sum, n) => sum + (n ?? 0), 0);
  const rows = (question.classes ?? []).map((label, i) => ({ class: label, task_count: consensus.class_counts?.[i] ?? null, prior: question.class_prior?.[i] ?? null }));
  if (!rows.length) return null;
  const scale = axis(0, 1, 4);
  return dataTable({ id: 'classes', rows, limit: 12, columns: [
    nameColumn('class', 'ui.class'),
    numberColumn('task_count', 'ui.tasks', count),
    { key: 'share', head: 'ui.share_of_tasks', numeric: true, cell: (r) => (total && isNumber(r.task_count) ? percent(r.task_count / total) : unknown()), sort: (r) => r.task_count },
    numberColumn('prior', 'ui.class_prior', percent),
  ] });
}

export function agreementSection(question) {
  const rows = question.agreement ?? [];
  if (!rows.length) return section('agreement', empty('ui.no_agreement'));
  const lows = rows.flatMap((r) => [r.value, r.low]).filter(isNumber);
  const scale = axis(Math.max(-1, Math.min(0, ...lows)), 1, 4);
  return section('agreement', dataTable({ id: 'agreement', rows, columns: [
    { key: 'scope', head: 'ui.among', cell: among, sort: (r) => (r.scope === 'all' ? '' : r.supplier ?? r.annotator_a) },
    { key: 'coefficient', head: 'ui.coefficient', cell: coefficientName, sort: (r) => r.coefficient },
    { key: 'value', head: 'ui.value', wide: true, cell: (r) => coefficient(r, scale), sort: (r) => r.value },
    numberColumn('task_count', 'ui.tasks', count),
    numberColumn('annotator_count', 'ui.annotators_head', count),
  ] }));
}

function among(row) {
  if (row.scope === 'annotator_pair') return message('ui.two_annotators', row);
  return row.scope === 'all' ? message('ui.everybody') : name(row.supplier);
}

function coefficientName(row) {
  const plainKind = !row.weights || ['nominal', 'identity'].includes(row.weights);
  return plainKind ? message(`coefficient.${row.coefficient}`) : message('ui.coefficient_weighted', row);
}

function coefficient(row, scale) {
  if (!isNumber(row.value)) return make('span.unknown', {}, row.undefined_because ? message('ui.undefined_because', { because: row.undefined_because }) : message('ui.unknown'));
  const mark = intervalMark(scale, row.value, row.low, row.high, { reference: 0 });
  if (row.coefficient === 'percent') return [mark, make('span.figure', {}, intervalText(row.value, row.low, row.high))];
  const known = isNumber(row.low) && isNumber(row.high);
  return [mark, make('span.figure', {}, known ? plain('format.interval', { value: fixedValue(row.value), low: fixedValue(row.low), high: fixedValue(row.high) }) : fixedValue(row.value))];
}

function fixedValue(value) {
  return plain('format.coefficient', { value });
}
