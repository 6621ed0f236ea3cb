import { expect, test } from "vitest";
import { queryOf } from "./filters";

test("a range of confidence becomes its two ends, the last one without an upper end", () => {
  expect(queryOf({ confidence: "0.5-0.8" })).toEqual({ confidence_from: 0.5, confidence_below: 0.8 });
  expect(queryOf({ confidence: "0.95-1" })).toEqual({ confidence_from: 0.95 });
});

test("what is not understood is left out, the others are passed on", () => {
  expect(queryOf({ confidence: "a-b", state: "done", top_share_below: "x", order: "sideways" })).toEqual({ state: "done" });
  expect(queryOf({ order: "confidence", search: "doc" })).toEqual({ order: "confidence", search: "doc" });
});
