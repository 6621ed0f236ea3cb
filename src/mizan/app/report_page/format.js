// Numbers as people read them, in the chosen language and digits. No words here: those are in the catalogue.
import { locale, state } from './state.js';

const cache = new Map();

function formatter(options) {
  const key = locale() + JSON.stringify(options);
  if (!cache.has(key)) cache.set(key, new Intl.NumberFormat(locale(), options));
  return cache.get(key);
}

export function isNumber(value) {
  return typeof value === 'number' && Number.isFinite(value);
}

export function fixed(value, digits = 1) {
  return formatter({ minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
}

export function count(value) {
  return formatter({ maximumFractionDigits: 0 }).format(value);
}

export function number(value) {
  return Math.abs(value) >= 1000 ? count(value) : formatter({ maximumSignificantDigits: 3 }).format(value);
}

export function bare(fraction) {
  return fixed(100 * fraction);
}

export function signed(fraction) {
  return formatter({ minimumFractionDigits: 1, maximumFractionDigits: 1, signDisplay: 'exceptZero' }).format(100 * fraction);
}

// Small amounts get more digits, so that a tenth of a cent is not written as nothing.
export function money(value, currency) {
  const digits = Math.abs(value) < 0.1 && value !== 0 ? 4 : 2;
  const options = { minimumFractionDigits: 2, maximumFractionDigits: digits };
  if (!/^[A-Z]{3}$/.test(currency ?? '')) return formatter(options).format(value);
  return formatter({ ...options, style: 'currency', currency, currencyDisplay: 'narrowSymbol' }).format(value);
}

export function dateTime(text) {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) return String(text ?? '');
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(date);
}

export function list(texts) {
  return new Intl.ListFormat(state.lang, { type: 'conjunction' }).formatToParts(texts);
}

export function pluralCategory(value, digits = 0) {
  return new Intl.PluralRules(state.lang, { minimumFractionDigits: digits }).select(value);
}
