import { expect, test } from "vitest";
import { kTallest, windowOf } from "./vast_window";

const kRow = { rowHeight: 40, visible: 400 };

test("a_short_table_scrolls_as_any_other", () => {
  const seen = windowOf({ ...kRow, count: 1000, scrolled: 2000 });
  expect(seen.height).toBe(40_000);
  expect([seen.first, seen.last]).toEqual([42, 68]);
  expect(seen.top(50)).toBe(2000);
  expect(seen.scrollTo(50)).toBe(2000);
});

test("a_million_rows_are_no_taller_than_a_browser_draws_and_every_row_can_be_on_top", () => {
  const count = 1_000_000;
  for (const row of [0, 1, 7, 499_999, 876_543, count - 10]) {
    const scrolled = windowOf({ ...kRow, count, scrolled: 0 }).scrollTo(row);
    const seen = windowOf({ ...kRow, count, scrolled });
    expect(seen.height).toBe(kTallest);
    expect(seen.first).toBeLessThanOrEqual(row);
    expect(seen.last).toBeGreaterThanOrEqual(row);
    expect(seen.last - seen.first + 1).toBeLessThanOrEqual(seen.slots);
    expect(Math.abs(seen.top(row) - scrolled)).toBeLessThan(1);
  }
});

test("the_end_of_the_scroll_bar_is_the_last_row", () => {
  for (const count of [3, 1000, 1_000_000]) {
    const { height } = windowOf({ ...kRow, count, scrolled: 0 });
    const seen = windowOf({ ...kRow, count, scrolled: Math.max(0, height - kRow.visible) });
    expect(seen.last).toBe(count - 1);
    expect(seen.top(count - 1) + kRow.rowHeight).toBeCloseTo(height, 3);
  }
});

test("an_empty_table_has_no_rows", () => {
  const seen = windowOf({ ...kRow, count: 0, scrolled: 0 });
  expect(seen.last).toBe(-1);
});
