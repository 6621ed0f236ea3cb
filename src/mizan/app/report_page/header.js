// The head of the page: wordmark, switches, title, question, contents; the verdict and its key figures; the foot.
import { draw, make } from './dom.js';
import { count, dateTime, isNumber, number } from './format.js';
import { message, plain } from './messages.js';
import { save } from './download.js';
import { name } from './parts.js';
import { choose, state } from './state.js';
import { isolate } from './confusion.js';

function balance() {
  return draw('svg.balance', { viewBox: '0 0 32 32', width: 30, height: 30, 'aria-hidden': 'true' },
    draw('path', { d: 'M16 4.5v21.5M10.5 27h11M5 9.6l22-2.2' }),
    draw('path.pan', { d: 'M1.4 19 5 9.6 8.6 19a3.7 3 0 0 1-7.2 0ZM23.4 16.8 27 7.4l3.6 9.4a3.7 3 0 0 1-7.2 0Z' }));
}

export function pageHeader(report, sections, redraw) {
  const bar = make('div.top', {},
    make('div.brand', {}, balance(), make('span.word', {}, make('span', { lang: 'en' }, 'Mizan'), make('span.other', { lang: 'ar', dir: 'rtl' }, 'ميزان'))),
    make('div.controls', {}, languages(redraw), state.lang === 'ar' ? picker('digits', ['arab', 'latn'], redraw) : null, picker('theme', ['auto', 'light', 'dark'], redraw),
      make('button.quiet', { type: 'button', id: 'save-json', click: () => saveAll(report) }, message('ui.json')),
      make('button.quiet', { type: 'button', click: () => window.print() }, message('ui.print'))));
  return [bar, title(report), questions(report, redraw), contents(sections)];
}

function saveAll(report) {
  save('report.json', 'application/json', `${JSON.stringify(report, null, 2)}\n`);
}

function languages(redraw) {
  const other = state.lang === 'ar' ? 'en' : 'ar';
  return make('button.quiet.language', { type: 'button', id: 'language', lang: other, dir: other === 'ar' ? 'rtl' : 'ltr', click: () => { choose('lang', other); redraw('language'); } }, message('ui.other_language'));
}

function picker(what, values, redraw) {
  const options = values.map((value) => make('option', { value, selected: state[what] === value }, message(`ui.${what}_${value}`)));
  return make('label.filter', {}, make('span', {}, message(`ui.${what}`)), make('select', { id: what, change: (event) => { choose(what, event.target.value); redraw(what); } }, options));
}

function title(report) {
  const input = report.input ?? {};
  const made = [plain('ui.made', { date: dateTime(report.created_at) }), plain('ui.version', { version: report.mizan_version ?? '?' })];
  return make('div.title', {}, make('p.kind', {}, message('ui.kind')), make('h1', {}, name(input.name ?? 'labels')), make('p.made', {}, made.join(' · ')));
}

function questions(report, redraw) {
  const all = report.questions ?? [];
  if (all.length < 2) return null;
  const options = all.map((question, i) => make('option', { value: i, selected: i === state.question }, isolate(question.name)));
  return make('p.question', {}, make('label', { for: 'question' }, message('ui.question')), ' ',
    make('select', { id: 'question', change: (event) => { choose('question', Number(event.target.value)); redraw('question'); } }, options),
    ' ', make('span.note', {}, message('ui.question_of', { number: state.question + 1, count: all.length })));
}

function contents(sections) {
  if (!sections.length) return null;
  return make('nav', { 'aria-label': plain('ui.contents') }, make('ul', {}, sections.map((id) => make('li', {}, make('a', { href: `#${id}` }, message(`ui.${id}`))))));
}

// The verdict --------------------------------------------------------------------------------------------------------------

export function verdictSection(report, question) {
  const sentences = (question.verdict ?? []).map((part) => make('p', {}, message(`verdict.${part.code}`, part.args)));
  const notes = (question.notes ?? []).length;
  return make('section.verdict', { id: 'verdict', 'aria-labelledby': 'h-verdict' },
    make('h2', { id: 'h-verdict' }, message('ui.verdict')),
    make('div.sentences', {}, sentences.length ? sentences : make('p', {}, message('ui.no_verdict'))),
    notes ? make('p.caveat', {}, make('a', { href: '#limits' }, message('ui.limits_apply', { count: notes }))) : null,
    keyFigures(report, question));
}

function keyFigures(report, question) {
  const figures = [
    ['ui.key_tasks', question.task_count], ['ui.key_labels', question.label_count], ['ui.key_annotators', question.annotator_count],
    ['ui.key_suppliers', (question.suppliers ?? []).length], ['ui.key_classes', (question.classes ?? []).length], ['ui.key_gold', question.gold_task_count],
  ].map(([key, value]) => [key, isNumber(value) ? count(value) : message('ui.unknown')]);
  figures.splice(2, 0, ['ui.key_depth', isNumber(question.labels_per_task) ? number(question.labels_per_task) : message('ui.unknown')]);
  return make('dl.key', {}, figures.map(([key, value]) => make('div', {}, make('dt', {}, message(key)), make('dd', {}, value))));
}

export function pageFooter(report) {
  return [make('p', {}, message('ui.foot', { version: report.mizan_version ?? '?' })), make('p', {}, message('ui.foot_schema', { schema: report.schema ?? '?', version: report.schema_version ?? '?' }))];
}
