// Numbers, money, dates and intervals in the reader's language and digits.
import { settings } from "./settings";

export function locale(): string {
  const { language, digits } = settings.get();
  const numbers = digits === "latin" ? "latn" : digits === "arabic" ? "arab" : language === "ar" ? "arab" : "latn";
  return `${language === "ar" ? "ar" : "en-GB"}-u-nu-${numbers}-ca-gregory`;
}

const numberFormats = new Map<string, Intl.NumberFormat>();

function numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = locale() + JSON.stringify(options);
  let format = numberFormats.get(key);
  if (!format) numberFormats.set(key, (format = new Intl.NumberFormat(locale(), options)));
  return format;
}

export const formatNumber = (value: number, digits = 0): string =>
  numberFormat({ maximumFractionDigits: digits, minimumFractionDigits: digits }).format(value);

/** Digits as a form may hold them, ٠١٢ too, for a number to be read. */
export const latinDigits = (text: string): string => text.replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660)).replace(/[٬,\s]/g, "");

export const formatCompact = (value: number): string =>
  numberFormat({ notation: "compact", maximumFractionDigits: 1 }).format(value);

/** A share, 0…1. */
export const formatPercent = (share: number, digits = 1): string =>
  numberFormat({ style: "percent", maximumFractionDigits: digits, minimumFractionDigits: digits }).format(share);

/** An amount in the currency's units; less than a tenth with three decimals, so that cheap labels can be told apart. */
export function formatAmount(amount: number, currency?: string | null, digits = Math.abs(amount) < 0.0995 && amount !== 0 ? 3 : 2): string {
  const text = formatNumber(amount, digits);
  if (!currency) return text;
  // "$" is the US dollar's; the others are told apart: "CA$".
  const currencyDisplay = currency === "USD" ? "narrowSymbol" : "symbol";
  const parts = new Intl.NumberFormat("en", { style: "currency", currency, currencyDisplay }).formatToParts(0);
  const symbol = parts.find((part) => part.type === "currency")?.value ?? currency;
  // In Arabic the sign follows, to the left, also where nothing around says from right to left.
  if (locale().startsWith("ar")) return `\u200f${text}\u00a0\u2066${symbol}\u2069`;
  return /[a-z]$/i.test(symbol) ? `${symbol}\u00a0${text}` : symbol + text;
}

/** The same of millionths. */
export const formatMoney = (micros: number, currency?: string | null): string => formatAmount(micros / 1_000_000, currency);

// The month as a word: in figures, a day and a month are taken for each other.
const kDate: Intl.DateTimeFormatOptions = { day: "numeric", month: "short", year: "numeric" };

export function formatDate(instant: string): string {
  return new Intl.DateTimeFormat(locale(), kDate).format(new Date(instant));
}

/** "23 Nov". */
export function formatDay(instant: string): string {
  return new Intl.DateTimeFormat(locale(), { day: "numeric", month: "short" }).format(new Date(instant));
}

export function formatDateTime(instant: string): string {
  return new Intl.DateTimeFormat(locale(), { ...kDate, hour: "numeric", minute: "2-digit", hourCycle: "h23" }).format(new Date(instant));
}

/** "95.1% – 97.3%", on one line. */
export function formatInterval(low: number, high: number, digits = 1): string {
  return `${formatPercent(low, digits)}\u00a0–\u00a0${formatPercent(high, digits)}`;
}

const kUnits: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/** "3 minutes ago". */
export function formatAgo(instant: string, now: number = Date.now()): string {
  const seconds = (new Date(instant).getTime() - now) / 1000;
  const format = new Intl.RelativeTimeFormat(locale(), { numeric: "auto" });
  for (const [unit, size] of kUnits) if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit);
  return format.format(Math.trunc(seconds), "second");
}

/** "1:05" or "1:02:07". */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const two = numberFormat({ minimumIntegerDigits: 2, useGrouping: false });
  const one = numberFormat({ useGrouping: false });
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  const end = `${hours ? two.format(minutes) : one.format(minutes)}:${two.format(whole % 60)}`;
  return hours ? `${one.format(hours)}:${end}` : end;
}
