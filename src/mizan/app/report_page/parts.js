// Parts that several sections share: a section with its heading, values that may be unknown, names, and the reason why.
import { make } from './dom.js';
import { bare, count, isNumber } from './format.js';
import { foreign, message, percent, plain } from './messages.js';

export function section(id, ...content) {
  const heading = `h-${id}`;
  return make('section', { id, 'aria-labelledby': heading },
    make('div.margin', {}, make('h2', { id: heading }, message(`ui.${id}`)), make('p.lead', {}, message(`ui.${id}_lead`))),
    make('div.content', {}, content));
}

// An id, a class or another foreign word: never markup, never able to turn the sentence round, never wider than its place.
export function name(value) {
  return value === null || value === undefined ? unknown() : foreign(value);
}

export function unknown() {
  return make('span.unknown', {}, message('ui.unknown'));
}

export function none() {
  return make('span.unknown', {}, message('ui.none_mark'));
}

export function shown(value, write) {
  return isNumber(value) ? write(value) : unknown();
}

export function intervalText(value, low, high) {
  if (!isNumber(value)) return plain('format.unknown');
  if (!isNumber(low) || !isNumber(high)) return percent(value);
  return plain('format.interval', { value: percent(value), low: bare(low), high: bare(high) });
}

export function outOf(part, whole) {
  if (!whole) return none();
  return plain('format.out_of', { part: count(part ?? 0), whole: count(whole) });
}

// Notes of the question that explain a missing figure, as one small paragraph; nothing if nothing is missing.
export function why(question, rows, field, codes) {
  if (rows.every((row) => isNumber(row[field]))) return null;
  const notes = (question.notes ?? []).filter((note) => codes.includes(note.code));
  const reasons = notes.map((note) => [' ', message(`note.${note.code}`, note.args)]);
  return make('p.why', {}, make('b', {}, message(`ui.why_${field}`)), reasons.length ? reasons : [' ', message('ui.why_unsaid')]);
}

export function empty(key) {
  return make('p.empty', {}, message(key));
}

export function figure(caption, body, button = null) {
  return make('div.panel', {}, make('div.heading', {}, make('h3', {}, message(caption)), button), body);
}
