// What was read and what was odd; the method with its reasons; what cannot be known.
import { make } from './dom.js';
import { count, isNumber, number } from './format.js';
import { message, percent, plain } from './messages.js';
import { empty, name, section, shown } from './parts.js';
import { dataTable, numberColumn } from './table.js';

export function inputSection(report) {
  const input = report.input ?? {};
  const oddities = input.oddities ?? [];
  return section('input', facts([
    ['ui.file', name(input.name)], ['ui.format', name(input.format)],
    ['ui.rows_read', isNumber(input.row_count) ? plain('ui.rows_used', { used: input.used_row_count ?? input.row_count, total: input.row_count }) : shown(null)],
    ['ui.currency', input.currency ? name(input.currency) : make('span.unknown', {}, message('ui.none'))],
  ]), columnsUsed(input.columns ?? []),
  oddities.length ? make('ul.oddities', {}, oddities.map(oddity)) : empty('ui.no_oddities'));
}

function columnsUsed(columns) {
  if (!columns.length) return null;
  return make('p.columns', {}, message('ui.columns'), ' ', columns.map((column) =>
    make('span.tag.plain', {}, name(column.name), ' → ', message(`ui.role_${column.role}`))));
}

function oddity({ code, count: times, examples }) {
  const shownExamples = (examples ?? []).slice(0, 5).map((example) => make('li', {}, name(example)));
  return make('li', {}, message(`oddity.${code}`, { count: times }), shownExamples.length ? make('ul.examples', {}, shownExamples) : null);
}

function facts(pairs) {
  return make('dl.facts', {}, pairs.map(([key, value]) => make('div', {}, make('dt', {}, message(key)), make('dd', {}, value))));
}

export function methodSection(report, question) {
  const method = question.method;
  if (!method) return section('method', empty('ui.no_method'));
  const reasons = (method.reasons ?? []).map((reason) => make('li', {}, message(`reason.${reason.code}`, reason.args)));
  return section('method', facts([
    ['ui.method_head', message(`method.${method.name}`)],
    ['ui.temperature', isNumber(method.temperature) ? number(method.temperature) : make('span.unknown', {}, message('ui.none'))],
    ['ui.calibrated_on', message(`ui.calibrated_on_${method.calibrated_on === 'gold' ? 'gold' : 'default'}`)],
    ['ui.iterations', shown(method.iterations, count)],
    ['ui.converged', message(method.converged === false ? 'ui.no' : 'ui.yes')],
    ['ui.seed', name(report.seed)],
  ]), parts(method.parts ?? []), reasons.length ? make('ul.reasons', {}, reasons) : null);
}

function parts(methods) {
  if (!methods.length) return null;
  return dataTable({ id: 'method', rows: methods, columns: [
    { key: 'method', head: 'ui.method_head', cell: (p) => message(`method.${p.method}`), sort: (p) => plain(`method.${p.method}`) },
    numberColumn('weight', 'ui.weight', percent),
  ] });
}

export function limitsSection(question) {
  const notes = question.notes ?? [];
  const own = ['ui.limit_interval', 'ui.limit_people'].map((key) => make('li', {}, message(key)));
  return section('limits', make('ul.limits', {}, notes.map((note) => make('li', {}, message(`note.${note.code}`, note.args))), own));
}
