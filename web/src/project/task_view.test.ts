import { expect, test } from "vitest";
import { inShort } from "./task_view";

const marks = (count: number) => `${String(count)} marks`;

test("answers of every kind are told in a few words", () => {
  expect(inShort("yes", marks)).toBe("yes");
  expect(inShort(4, marks)).toBe("4");
  expect(inShort(["urgent", "angry"], marks)).toBe("urgent, angry");
  expect(inShort([["a"], ["b", "c"]], marks)).toBe("a > b = c");
  expect(inShort({ winner: "a", strength: 3 }, marks)).toBe("a · 3");
  expect(inShort({ correct: { verdict: "met" }, safe: { verdict: "not_met" } }, marks)).toBe("correct: met, safe: not_met");
  expect(inShort([{ start: 0, end: 3, label: "dose" }, { start: 5, end: 9, label: "dose" }], marks)).toBe("2 marks: dose");
  expect(inShort(null, marks)).toBe("—");
});
