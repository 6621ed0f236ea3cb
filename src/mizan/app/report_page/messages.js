// The message catalogue: codes with arguments become words (docs/formats/messages.md).
// A message is a list of pieces; a piece with `isolated` set is foreign text whose direction must not leak into the sentence.
import { bare, count, currencySign, fixed, isNumber, list, money, number, pluralCategory, signed, visible } from './format.js';
import { make } from './dom.js';
import { state } from './state.js';

const catalogues = {};
let currency = null;

export function loadCatalogue(language, texts) {
  catalogues[language] = texts;
}

export function useCurrency(code) {
  currency = code;
}

const kCodes = ['method', 'coefficient', 'weights', 'basis', 'undefined', 'left_out'];
const kNumbers = { bare, signed, count, number, p: pValue, percent, sure, points, seconds, money: price };

export function percent(fraction) {
  return plain('format.percent', { value: bare(fraction) });
}

export function percentTick(fraction) {
  return plain('format.percent', { value: count(Math.round(100 * fraction)) });
}

// A probability that never rounds up to certainty.
export function sure(probability) {
  if (probability > 0.9995) return plain('format.above', { value: percent(0.999) });
  return probability < 0.0005 ? plain('format.below', { value: percent(0.001) }) : percent(probability);
}

export function pValue(value) {
  return value < 0.0001 ? plain('format.below', { value: fixed(0.0001, 4) }) : number(Number(value.toPrecision(2)));
}

export function points(difference) {
  const category = pluralCategory(Number((100 * Math.abs(difference)).toFixed(1)), 1);
  return plain(`format.points_${category}`, { value: bare(Math.abs(difference)) });
}

export function seconds(value) {
  return plain('format.seconds', { value: number(value) });
}

export function price(value) {
  const sign = currencySign(currency);
  if (!sign) return money(value);
  const place = sign.length > 2 ? 'format.money_code' : 'format.money_sign';
  return (value < 0 ? '−' : '') + plain(place, { sign, value: money(Math.abs(value)) });
}

export function hasText(key) {
  return template(key, {}) !== undefined || template(`${key}_other`, {}) !== undefined;
}

function template(key, args) {
  const texts = catalogues[state.lang] ?? {};
  if (Object.hasOwn(texts, key)) return texts[key];
  const plural = `${key}_${isNumber(args.count) ? pluralCategory(args.count) : 'other'}`;
  if (Object.hasOwn(texts, plural)) return texts[plural];
  return Object.hasOwn(texts, `${key}_other`) ? texts[`${key}_other`] : undefined;
}

export function pieces(key, args) {
  const given = args ?? {};
  const text = template(key, given);
  if (text === undefined) return [{ text: key.slice(key.indexOf('.') + 1).replaceAll('_', ' '), isolated: true }];
  return [...text.matchAll(/\{(\w+)(?:\|(\w+))?\}|[^{]+|\{/g)].flatMap(([whole, name, filter]) =>
    name === undefined ? [{ text: ownDigits(whole) }] : argument(given[name], filter, key));
}

// Numbers that a sentence of the catalogue holds itself ("95 %") follow the chosen digits; names such as AC1 keep theirs.
function ownDigits(text) {
  if (state.lang !== 'ar' || state.digits !== 'arab') return text;
  return text.replace(/(?<![A-Za-z\d]|[A-Za-z]-)\d+|%/g, (found) => (found === '%' ? '٪' : count(Number(found))));
}

function argument(value, filter, key) {
  if (value === null || value === undefined) return pieces('format.unknown', {});
  if (filter !== undefined && hasText(`unit.${filter}`)) return pieces(`unit.${filter}`, { count: value });
  if (kCodes.includes(filter)) return pieces(`${filter}.${value}`, {});
  if (filter === 'list' && Array.isArray(value)) return listPieces(value);
  if (filter === 'mix' && Array.isArray(value)) return mixPieces(value);
  if (kNumbers[filter] && isNumber(value)) return [{ text: kNumbers[filter](value) }];
  const alreadyWritten = key.startsWith('format.') && key !== 'format.mix_part';
  return [{ text: String(value), isolated: !alreadyWritten }];
}

function listPieces(values) {
  return list(values.map(String)).map(({ type, value }) => ({ text: value, isolated: type === 'element' }));
}

function mixPieces(parts) {
  return parts.flatMap((part, index) => [...(index ? [{ text: ' + ' }] : []), ...pieces('format.mix_part', part)]);
}

// For places that hold text only: names are set apart by the isolating control characters of Unicode.
export function plain(key, args) {
  return pieces(key, args).map((piece) => (piece.isolated ? `\u2068${visible(piece.text)}\u2069` : piece.text)).join('');
}

export function foreign(value) {
  const text = visible(value);
  if (text.trim() === '') return make('bdi.id.unknown', {}, message('ui.blank'));
  return make(text.length > 24 ? 'bdi.id' : 'bdi.id.short', text === String(value) ? {} : { title: visible(value, 2000) }, text);
}

// For the page: names are set apart by <bdi>.
export function message(key, args) {
  return pieces(key, args).map((piece) => (piece.isolated ? foreign(piece.text) : piece.text));
}
