// Where to look: the least certain tasks, labels that are likely wrong, and pairs of annotators whose mistakes agree.
import { make } from './dom.js';
import { count, isNumber, number } from './format.js';
import { message, pValue, percent, plain, sure } from './messages.js';
import { empty, name, section, shown } from './parts.js';
import { dataTable, searchFilter } from './table.js';

export function uncertainSection(question) {
  const tasks = question.uncertain_tasks ?? [];
  if (!tasks.length) return section('uncertain', empty('ui.no_uncertain'));
  return section('uncertain', dataTable({ id: 'uncertain', rows: tasks, columns: [
    { key: 'task', head: 'ui.task', cell: (t) => name(t.task), sort: (t) => t.task },
    { key: 'consensus', head: 'ui.consensus_head', cell: (t) => name(t.consensus), sort: (t) => t.consensus },
    { key: 'confidence', head: 'ui.confidence', numeric: true, cell: (t) => shown(t.confidence, percent), sort: (t) => t.confidence },
    { key: 'votes', head: 'ui.answers', cell: (t) => votes(t, question.classes ?? []) },
    { key: 'label_count', head: 'ui.labels', numeric: true, cell: (t) => shown(t.label_count, count), sort: (t) => t.label_count },
    { key: 'expert_value', head: 'ui.expert_value', numeric: true, cell: (t) => shown(t.expert_value, number), sort: (t) => t.expert_value },
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
    { key: 'task', head: 'ui.task', cell: (e) => name(e.task), sort: (e) => e.task },
    { key: 'annotator', head: 'ui.annotator', cell: (e) => name(e.annotator), sort: (e) => e.annotator },
    ...(several ? [{ key: 'supplier', head: 'ui.supplier', cell: (e) => name(e.supplier), sort: (e) => e.supplier }] : []),
    { key: 'label', head: 'ui.label', cell: (e) => name(e.label), sort: (e) => e.label },
    { key: 'consensus', head: 'ui.consensus_head', cell: (e) => name(e.consensus), sort: (e) => e.consensus },
    { key: 'probability_wrong', head: 'ui.probability_wrong', numeric: true, cell: (e) => shown(e.probability_wrong, sure), sort: (e) => e.probability_wrong },
  ] }));
}

export function copiedSection(question) {
  const pairs = question.copied_pairs ?? [];
  if (!pairs.length) return section('copied', empty('ui.no_copied'));
  return section('copied', dataTable({ id: 'copied', rows: pairs, columns: [
    { key: 'annotator_a', head: 'ui.annotator_a', cell: (p) => name(p.annotator_a), sort: (p) => p.annotator_a },
    { key: 'annotator_b', head: 'ui.annotator_b', cell: (p) => name(p.annotator_b), sort: (p) => p.annotator_b },
    { key: 'shared', head: 'ui.shared_tasks', numeric: true, cell: (p) => shown(p.shared_task_count, count), sort: (p) => p.shared_task_count },
    { key: 'agreement', head: 'ui.agreement_head', numeric: true, cell: (p) => shown(p.agreement, percent), sort: (p) => p.agreement },
    { key: 'expected', head: 'ui.expected', numeric: true, cell: (p) => shown(p.expected_agreement, percent), sort: (p) => p.expected_agreement },
    { key: 'z', head: 'ui.z', numeric: true, cell: (p) => shown(p.z, number), sort: (p) => p.z },
    { key: 'q_value', head: 'ui.q_value', numeric: true, cell: (p) => shown(p.q_value, pValue), sort: (p) => p.q_value },
  ] }), make('p.why', {}, message('ui.copied_note')));
}
