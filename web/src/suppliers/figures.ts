// What a scorecard's figures are on the screen; a figure that is not known is a dash with a word beside it.
import type { Schemas } from "../api/client";
import { formatAmount, formatInterval, formatNumber, formatPercent } from "../i18n/format";

export type Card = Schemas["Scorecard"];
export interface NamedCard extends Card {
  name: string;
  /** Its colour and shape in plots, 1 … 6. */
  series: number;
}
export type Ends = readonly (number | null)[];

export const kUnknown = "–";
export const isKnown = (ends: Ends): ends is readonly [number, number] => typeof ends[0] === "number" && typeof ends[1] === "number";

export const shareText = (share: number | null, digits = 1) => (share === null ? kUnknown : formatPercent(share, digits));
export const intervalText = (ends: Ends) => (isKnown(ends) ? formatInterval(ends[0], ends[1]) : "");

/** "+1.5", "−0.3", "±0.0": what rounds to nothing has no side. */
export function signed(value: number, digits: number): string {
  const rounded = Number(value.toFixed(digits));
  return (rounded > 0 ? "+" : rounded < 0 ? "−" : "±") + formatNumber(Math.abs(rounded), digits);
}

/** An amount in the currency's units. */
export const moneyText = (amount: number | null, currency: string | null, digits?: number) => (amount === null ? kUnknown : formatAmount(amount, currency, digits));

/** A name inside a sentence, whose direction it does not change. */
export const isolated = (name: string) => `\u2068${name}\u2069`;
export const moneyIntervalText = (ends: Ends, currency: string | null) => (isKnown(ends) ? `${moneyText(ends[0], currency)}\u00a0–\u00a0${moneyText(ends[1], currency)}` : "");

/** Round numbers that span `low` to `high`, about `count` of them. */
export function ticksOf(low: number, high: number, count: number): number[] {
  const span = high - low;
  if (!(span > 0)) return [low];
  const rough = span / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough * 0.999) ?? 10) * power;
  const first = Math.ceil(low / step - 1e-9);
  const ticks: number[] = [];
  for (let tick = first; tick * step <= high + step * 1e-9; ++tick) ticks.push(Number((tick * step).toPrecision(12)));
  return ticks;
}

/** A forecast count with the two digits that it deserves. */
export const roundedCount = (count: number) => (count < 10 ? count : Number(count.toPrecision(2)));
