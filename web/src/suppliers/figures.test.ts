import { expect, test } from "vitest";
import { isKnown, roundedCount, signed, ticksOf } from "./figures";

test("ticks_are_round_and_inside", () => {
  expect(ticksOf(0, 1, 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  expect(ticksOf(0.63, 0.97, 4)).toEqual([0.7, 0.8, 0.9]);
  expect(ticksOf(0, 0.013, 4)).toEqual([0, 0.005, 0.01]);
});

test("an_axis_without_extent_has_one_tick", () => {
  expect(ticksOf(3, 3, 5)).toEqual([3]);
});

test("an_interval_is_known_when_both_ends_are", () => {
  expect(isKnown([0.1, 0.2])).toBe(true);
  expect(isKnown([0.1, null])).toBe(false);
});

test("what_rounds_to_nothing_has_no_side", () => {
  expect(signed(-0.04, 1)).toBe("±0.0");
  expect(signed(1.26, 1)).toBe("+1.3");
  expect(signed(-2, 0)).toBe("−2");
});

test("a_forecast_count_keeps_two_digits", () => {
  expect([0, 7, 94, 1234, 87_654].map(roundedCount)).toEqual([0, 7, 94, 1200, 88_000]);
});
