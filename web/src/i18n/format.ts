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

export const formatCompact = (value: number): string =>
  numberFormat({ notation: "compact", maximumFractionDigits: 1 }).format(value);

/** A share, 0…1. */
export const formatPercent = (share: number, digits = 1): string =>
  numberFormat({ style: "percent", maximumFractionDigits: digits, minimumFractionDigits: digits }).format(share);

/** An amount in millionths; without a currency it is a plain number. */
export function formatMoney(micros: number, currency?: string | null): string {
  const options: Intl.NumberFormatOptions = currency
    ? { style: "currency", currency, maximumFractionDigits: 3 }
    : { maximumFractionDigits: 3 };
  return numberFormat(options).format(micros / 1_000_000);
}

export function formatDate(instant: string): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: "medium" }).format(new Date(instant));
}

/** "23 Nov". */
export function formatDay(instant: string): string {
  return new Intl.DateTimeFormat(locale(), { day: "numeric", month: "short" }).format(new Date(instant));
}

export function formatDateTime(instant: string): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: "medium", timeStyle: "short" }).format(new Date(instant));
}

/** "95.1–97.3 %": kept from left to right, whatever the language around it. */
export function formatInterval(low: number, high: number, digits = 1): string {
  return `${formatPercent(low, digits)} – ${formatPercent(high, digits)}`;
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
