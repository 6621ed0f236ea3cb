// Where to look: the least certain tasks, labels that are likely wrong, and pairs of annotators whose mistakes agree.
import { make } from './dom.js';
import { count, number } from './format.js';
import { message, pValue, percent, plain, sure } from './messages.js';
import { empty, name, section } from './parts.js';
import { dataTable, nameColumn, numberColumn, searchFilter } from './table.js';

export function uncertainSection(question) {
  const tasks = question.uncertain_tasks ?? [];
  if (!tasks.length) return section('uncertain', empty('ui.no_uncertain'));
  return section('uncertain', dataTable({ id: 'uncertain', rows: tasks, columns: [
    nameColumn('task', 'ui.task'),
    nameColumn('consensus', 'ui.consensus_head'),
    numberColumn('confidence', 'ui.confidence', percent),
    { key: 'votes', head: 'ui.answers', cell: (t) => votes(t, question.classes ?? []) },
    numberColumn('label_count', 'ui.labels', count),
    numberColumn('expert_value', 'ui.expert_value', number),
  ] }));
}

function votes(task, classes) {
  const given = (task.votes ?? []).map((n, i) => ({ n, label: classes[i] ?? String(i) })).filter(({ n }) => n > 0).sort((a, b) => b.n - a.n);
  return given.map(({ n, label }) => make('span.vote', {}, name(label), ' ', make('b', {}, plain('format.times', { count: n }))));
}

export function errorsSection(question) {
  const errors = question.likely_errors ?? [];
  if (!errors.length) return section('errors', empty('ui.no_errors'));
  const several = errors.some((e) => e.supplier);
  return section('errors', dataTable({ id: 'errors', rows: errors, filters: [searchFilter('ui.find', (e) => `${e.task} ${e.annotator} ${e.supplier ?? ''} ${e.label} ${e.consensus}`)], columns: [
    nameColumn('task', 'ui.task'),
    nameColumn('annotator', 'ui.annotator'),
    ...(several ? [nameColumn('supplier', 'ui.supplier')] : []),
    nameColumn('label', 'ui.label'),
    nameColumn('consensus', 'ui.consensus_head'),
    numberColumn('probability_wrong', 'ui.probability_wrong', sure),
  ] }));
}

export function copiedSection(question) {
  const pairs = question.copied_pairs ?? [];
  if (!pairs.length) return section('copied', empty('ui.no_copied'));
  return section('copied', dataTable({ id: 'copied', rows: pairs, columns: [
    nameColumn('annotator_a', 'ui.annotator_a'),
    nameColumn('annotator_b', 'ui.annotator_b'),
    numberColumn('shared_task_count', 'ui.shared_tasks', count),
    numberColumn('agreement', 'ui.agreement_head', percent),
    numberColumn('expected_agreement', 'ui.expected', percent),
    numberColumn('z', 'ui.z', number),
    numberColumn('q_value', 'ui.q_value', pValue),
  ] }), make('p.why', {}, message('ui.copied_note')));
}
