// Numbers as people read them, in the chosen language and digits. No words here: those are in the catalogue.
import { locale, state } from './state.js';

const cache = new Map();

function formatter(options) {
  const key = locale() + JSON.stringify(options);
  if (!cache.has(key)) cache.set(key, new Intl.NumberFormat(locale(), options));
  return cache.get(key);
}

// A minus sign where the language data has a hyphen.
function write(value, options) {
  return formatter(options).format(value).replace('-', '−');
}

export function isNumber(value) {
  return typeof value === 'number' && Number.isFinite(value);
}

export function fixed(value, digits = 1) {
  return write(value, { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

export function count(value) {
  return write(value, { maximumFractionDigits: 0 });
}

export function number(value) {
  return Math.abs(value) >= 1000 ? count(value) : write(value, { maximumSignificantDigits: 3 });
}

export function bare(fraction) {
  return fixed(100 * fraction);
}

export function signed(fraction) {
  return write(100 * fraction, { minimumFractionDigits: 1, maximumFractionDigits: 1, signDisplay: 'exceptZero' });
}

// Amounts under a tenth get three significant digits, so that a part of a cent is not written as nothing.
export function money(value) {
  const size = Math.abs(value);
  const digits = size > 0 && size < 0.1 ? Math.min(8, 2 - Math.floor(Math.log10(size))) : 2;
  return write(value, { minimumFractionDigits: 2, maximumFractionDigits: digits });
}

// The sign of a currency as the language writes it: "$", "د.إ.", "CHF"; empty for what is not a currency code.
export function currencySign(currency) {
  if (!/^[A-Z]{3}$/.test(currency ?? '')) return '';
  const options = { style: 'currency', currency, currencyDisplay: 'narrowSymbol' };
  const sign = (language) => new Intl.NumberFormat(language, options).formatToParts(0).find((part) => part.type === 'currency').value.replace(/[\u200e\u200f]/g, '');
  return state.lang === 'ar' && !/[A-Z]/.test(sign('ar')) ? sign('ar') : sign('en');
}

// Foreign text made safe to look at: control characters, among them those that turn the reading direction, become visible.
export function visible(value, longest = 64) {
  const text = String(value).replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g, (c) => `[U+${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}]`);
  const letters = Array.from(text);
  return letters.length > longest ? `${letters.slice(0, longest - 16).join('')}…${letters.slice(-12).join('')}` : text;
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
