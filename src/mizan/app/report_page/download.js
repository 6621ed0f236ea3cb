// Files made in the page: CSV of a table, JSON of everything. Nothing leaves the reader's machine.
import { make } from './dom.js';

export function save(name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = make('a', { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

// The columns are the fields of report.json, in its order; nested parts become text, confusion matrices have their own file.
export function csv(rows) {
  const plainRows = rows.map(flat);
  const names = [...new Set(plainRows.flatMap((row) => Object.keys(row)))];
  const lines = [names, ...plainRows.map((row) => names.map((name) => row[name]))];
  return `\uFEFF${lines.map((line) => line.map(csvCell).join(',')).join('\r\n')}\r\n`;
}

function flat(row) {
  return Object.fromEntries(Object.entries(row).filter(([name]) => name !== 'confusion').map(([name, value]) => [name, asText(value)]));
}

function asText(value) {
  if (Array.isArray(value)) return value.map(partText).join('; ');
  return value !== null && typeof value === 'object' ? JSON.stringify(value) : value;
}

function partText(part) {
  if (part === null || typeof part !== 'object') return String(part);
  if ('code' in part) return part.p_value === undefined ? part.code : `${part.code} (p=${part.p_value})`;
  return 'labels_per_task' in part ? `${part.labels_per_task} x ${part.supplier}` : JSON.stringify(part);
}

// A text that a spreadsheet would run as a formula gets a leading apostrophe; numbers stay numbers.
function csvCell(value) {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'string') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
