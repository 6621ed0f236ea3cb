// Annotators: one row each, with what speaks for and against their answers. Evidence, not verdicts: people decide about people.
import { make } from './dom.js';
import { count, isNumber } from './format.js';
import { intervalMark } from './charts.js';
import { fractionAxis } from './axis.js';
import { message, percent, plain, price, seconds } from './messages.js';
import { empty, intervalText, none, outOf, section, shown, unknown, why } from './parts.js';
import { choiceFilter, dataTable, nameColumn, numberColumn, searchFilter, tickFilter } from './table.js';

export function annotatorsSection(question) {
  const annotators = question.annotators ?? [];
  if (!annotators.length) return section('annotators', empty('ui.no_annotators'));
  const scale = fractionAxis(annotators.flatMap((a) => [a.accuracy, a.accuracy_low, a.accuracy_high]));
  const middle = overall(annotators);
  const total = question.annotator_count ?? annotators.length;
  return section('annotators',
    annotators.length < total ? make('p.why', {}, message('ui.annotators_cut', { shown: annotators.length, total })) : null,
    dataTable({ id: 'annotators', rows: annotators, columns: columns(scale, middle, annotators), filters: filters(annotators) }),
    make('p.why', {}, message('ui.flags_are_evidence')),
    why(question, annotators, 'seconds_median', ['no_time']));
}

// The reference line of the small plots: the accuracy over all labels of the shown annotators.
function overall(annotators) {
  const known = annotators.filter((a) => isNumber(a.accuracy) && a.label_count > 0);
  const labels = known.reduce((sum, a) => sum + a.label_count, 0);
  return labels ? known.reduce((sum, a) => sum + a.accuracy * a.label_count, 0) / labels : null;
}

function filters(annotators) {
  const suppliers = [...new Set(annotators.map((a) => a.supplier).filter((s) => s !== null && s !== undefined))];
  return [
    searchFilter('ui.find', (a) => `${a.annotator} ${a.supplier ?? ''}`),
    ...(suppliers.length > 1 ? [choiceFilter('ui.supplier', suppliers, (a) => a.supplier)] : []),
    ...(annotators.some(isFlagged) ? [tickFilter('ui.only_flagged', isFlagged)] : []),
  ];
}

function isFlagged(annotator) {
  return (annotator.flags ?? []).length > 0;
}

function columns(scale, middle, annotators) {
  const some = (field) => annotators.some((a) => isNumber(a[field]));
  return [
    nameColumn('annotator', 'ui.annotator'),
    annotators.some((a) => a.supplier) && nameColumn('supplier', 'ui.supplier'),
    { key: 'accuracy', head: 'ui.accuracy', wide: true, cell: (a) => accuracy(a, scale, middle), sort: (a) => a.accuracy },
    numberColumn('label_count', 'ui.labels', count),
    numberColumn('agreement_with_consensus', 'ui.agrees', percent),
    annotators.some((a) => a.gold_label_count > 0) && { key: 'gold', head: 'ui.gold_right', numeric: true, cell: (a) => outOf(a.gold_correct_count, a.gold_label_count), sort: (a) => (a.gold_label_count ? a.gold_correct_count / a.gold_label_count : null) },
    some('seconds_median') && numberColumn('seconds_median', 'ui.seconds_median', seconds),
    some('cost_per_correct') && numberColumn('cost_per_correct', 'ui.cost_per_correct', price),
    { key: 'flags', head: 'ui.flags', flags: true, cell: flags, sort: (a) => (a.flags ?? []).length },
  ].filter(Boolean);
}

function accuracy(annotator, scale, middle) {
  if (!isNumber(annotator.accuracy)) return unknown();
  return make('span.inline', {}, intervalMark(scale, annotator.accuracy, annotator.accuracy_low, annotator.accuracy_high, { reference: middle }),
    make('span.figure', {}, intervalText(annotator.accuracy, annotator.accuracy_low, annotator.accuracy_high)));
}

function flags(annotator) {
  const given = annotator.flags ?? [];
  if (!given.length) return none();
  return make('ul.flags', {}, given.map((flag) => make('li', {}, make('b', {}, message(`flag_name.${flag.code}`)), ' ',
    make('span', {}, message(`flag.${flag.code}`, flag.args)), isNumber(flag.p_value) ? make('small', {}, ' · ', plain('ui.p_value', { p: flag.p_value })) : null)));
}
