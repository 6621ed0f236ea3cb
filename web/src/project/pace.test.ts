import { expect, test } from "vitest";
import { paceOf, roughly } from "./pace";

const kNow = new Date("2026-01-31T12:00:00Z");
const day = (date: string, count: number) => ({ day: date, supplier_id: "sup_1", annotation_count: count, annotator_count: 1 });
const spent = (currency: string, priced: number, micros: number) => ({ supplier_id: "sup_1", currency, annotation_count: priced, priced_count: priced, price_micros: micros });

test("the_rate_is_of_the_last_week_or_since_the_first_day_of_it", () => {
  expect(paceOf({ days: [day("2026-01-20", 900), day("2026-01-25", 70)], spend: [] }, kNow).perDay).toBe(10);
  expect(paceOf({ days: [day("2026-01-30", 30), day("2026-01-31", 10)], spend: [] }, kNow).perDay).toBe(20);
  expect(paceOf({ days: [], spend: [] }, kNow).perDay).toBe(0);
});

test("a_price_is_a_mean_of_one_currency", () => {
  expect(paceOf({ days: [], spend: [spent("USD", 10, 500), spent("USD", 30, 3500)] }, kNow).price).toEqual({ currency: "USD", micros: 100 });
  expect(paceOf({ days: [], spend: [spent("USD", 10, 500), spent("EUR", 10, 500)] }, kNow).price).toBeNull();
  expect(paceOf({ days: [], spend: [spent("USD", 0, 0)] }, kNow).price).toBeNull();
});

test("a_forecast_keeps_two_digits", () => {
  expect([0, 7.4, 99, 1234, 87_654].map(roughly)).toEqual([0, 7, 99, 1200, 88_000]);
});
