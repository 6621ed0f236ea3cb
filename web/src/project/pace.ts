// How fast a project goes, and what an annotation of it costs.
import type { Schemas } from "../api/client";

type Overview = Pick<Schemas["ProjectOverview"], "days" | "spend">;
const kDays = 7;

export interface Pace {
  /** Annotations a day over the last week, or since the first of them. */
  perDay: number;
  /** Mean of what an annotation costs; null when prices are unknown or in several currencies. */
  price: { micros: number; currency: string } | null;
}

export function paceOf(overview: Overview, now: Date): Pace {
  const from = new Date(now.getTime() - (kDays - 1) * 86_400_000).toISOString().slice(0, 10);
  const recent = overview.days.filter((each) => each.day >= from);
  const first = recent.map((each) => each.day).sort()[0];
  const days = first === undefined ? 1 : Math.round((Date.parse(now.toISOString().slice(0, 10)) - Date.parse(first)) / 86_400_000) + 1;
  const count = recent.reduce((sum, each) => sum + each.annotation_count, 0);
  const priced = overview.spend.filter((each) => each.priced_count > 0);
  const currencies = new Set(priced.map((each) => each.currency));
  const [currency] = currencies;
  const price =
    currency === undefined || currencies.size > 1
      ? null
      : { currency, micros: priced.reduce((sum, each) => sum + each.price_micros, 0) / priced.reduce((sum, each) => sum + each.priced_count, 0) };
  return { perDay: count / days, price };
}

/** A forecast with the two digits that it deserves. */
export const roughly = (value: number): number => (value < 100 ? Math.round(value) : Number(value.toPrecision(2)));
