// A table: caption, sortable heads (buttons with aria-sort), an optional filter, "n of N", and its CSV.
import { make, byId } from './dom.js';
import { visible } from './format.js';
import { csv, save } from './download.js';
import { message, plain } from './messages.js';
import { name, shown } from './parts.js';
import { state } from './state.js';

const remembered = new Map();  // what the reader did to each table, kept when the page is drawn again

export function nameColumn(key, head) {
  return { key, head, cell: (row) => name(row[key]), sort: (row) => row[key] };
}

export function numberColumn(key, head, write) {
  return { key, head, numeric: true, cell: (row) => shown(row[key], write), sort: (row) => row[key] };
}

// columns: {key, head, cell(row), sort(row)|undefined, numeric, wide}; filters: [{make(onChange), keep(row)}]
export function dataTable({ id, rows, columns, csvRows = rows, limit = 25, filters = [] }) {
  const memory = recall(id);
  const body = make('tbody');
  const status = make('span.count');
  const more = make('button.more', { type: 'button', click: () => { memory.all = true; draw(); focusRow(body, limit); } }, message('ui.show_all'));
  const heads = columns.map((column) => head(column, memory, () => { draw(); announce(status.textContent); }));
  const draw = () => {
    const kept = sorted(rows.filter((row) => filters.every((filter) => filter.keep(row))), columns, memory);
    const drawn = memory.all ? kept : kept.slice(0, limit);
    body.replaceChildren(...drawn.map((row) => tableRow(row, columns)));
    if (!drawn.length) body.append(make('tr', {}, make('td.none', { colspan: columns.length }, message('ui.no_rows'))));
    status.replaceChildren(...message(drawn.length < rows.length ? 'ui.shown' : 'ui.all_shown', { shown: drawn.length, total: rows.length }));
    more.hidden = drawn.length === kept.length;
    columns.forEach((column, i) => markHead(heads[i], column, memory));
  };
  const controls = filters.map((filter) => filter.control(() => { draw(); announce(status.textContent); }));
  draw();
  const small = columns.length < 5 && !columns.some((column) => column.wide);
  return make(small ? 'div.table.small' : 'div.table', { id: `table-${id}` },
    make('div.bar', {}, controls, status, csvButton(id, csvRows)),
    make('div.scroll', { tabindex: 0, role: 'group', 'aria-label': plain(`ui.caption_${id}`) },
      make('table', {}, make('caption', {}, message(`ui.caption_${id}`)), make('thead', {}, make('tr', {}, heads)), body)),
    more);
}

export function csvButton(id, rows) {
  const press = () => save(`mizan-${id}.csv`, 'text/csv;charset=utf-8', csv(typeof rows === 'function' ? rows() : rows));
  return make('button.quiet', { type: 'button', click: press, 'data-csv': id, 'aria-label': plain('ui.csv_of', { table: plain(`ui.caption_${id}`) }) }, message('ui.csv'));
}

function recall(id) {
  const key = `${state.question}/${id}`;
  if (!remembered.has(key)) remembered.set(key, { sort: null, down: false, all: false });
  return remembered.get(key);
}

function head(column, memory, redraw) {
  const spec = column.numeric ? 'th.numeric' : 'th';
  if (!column.sort) return make(spec, { scope: 'col' }, message(column.head));
  const press = () => {
    memory.down = memory.sort === column.key ? !memory.down : Boolean(column.numeric);
    memory.sort = column.key;
    redraw();
  };
  return make(spec, { scope: 'col' }, make('button.sort', { type: 'button', click: press }, message(column.head), make('i', { 'aria-hidden': 'true' })));
}

function markHead(element, column, memory) {
  if (column.sort) element.setAttribute('aria-sort', memory.sort !== column.key ? 'none' : memory.down ? 'descending' : 'ascending');
}

function tableRow(row, columns) {
  return make('tr', {}, columns.map((column, i) =>
    make((i ? 'td' : 'th') + (column.numeric ? '.numeric' : '') + (column.wide ? '.wide' : column.flags ? '.flagged' : ''), i ? {} : { scope: 'row' }, column.cell(row))));
}

// What cannot be known stands last, whichever way the column is sorted.
function sorted(rows, columns, memory) {
  const column = columns.find(({ key }) => key === memory.sort);
  if (!column) return rows;
  const missing = (value) => value === null || value === undefined;
  const compareText = new Intl.Collator(state.lang, { numeric: true }).compare;
  const compare = (a, b) => (typeof a === 'number' && typeof b === 'number' ? a - b : compareText(String(a), String(b)));
  const keyed = rows.map((row) => ({ row, value: column.sort(row) }));
  keyed.sort((a, b) => missing(a.value) - missing(b.value) || (missing(a.value) ? 0 : compare(a.value, b.value) * (memory.down ? -1 : 1)));
  return keyed.map(({ row }) => row);
}

function focusRow(body, index) {
  const row = body.rows[index];
  row?.setAttribute('tabindex', '-1');
  row?.focus({ preventScroll: true });
}

export function announce(text) {
  byId('live').textContent = text;
}

// Filters -------------------------------------------------------------------------------------------------------------

export function searchFilter(label, text) {
  let wanted = '';
  const control = (redraw) => make('label.filter', {}, make('span', {}, message(label)),
    make('input', { type: 'search', autocomplete: 'off', spellcheck: 'false', dir: 'auto', input: (event) => { wanted = event.target.value.toLocaleLowerCase(); redraw(); } }));
  return { control, keep: (row) => !wanted || text(row).toLocaleLowerCase().includes(wanted) };
}

export function choiceFilter(label, choices, value) {
  let wanted = '';
  const options = [make('option', { value: '' }, message('ui.any')), ...choices.map((choice, i) => make('option', { value: i }, `\u2068${visible(choice)}\u2069`))];
  const control = (redraw) => make('label.filter', {}, make('span', {}, message(label)),
    make('select', { change: (event) => { wanted = event.target.value; redraw(); } }, options));
  return { control, keep: (row) => wanted === '' || value(row) === choices[Number(wanted)] };
}

export function tickFilter(label, test) {
  let on = false;
  const control = (redraw) => make('label.filter.tick', {}, make('input', { type: 'checkbox', change: (event) => { on = event.target.checked; redraw(); } }), make('span', {}, message(label)));
  return { control, keep: (row) => !on || test(row) };
}
