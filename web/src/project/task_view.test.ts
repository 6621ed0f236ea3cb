import { expect, test } from "vitest";
import { inShort } from "./task_view";
import { titlesOf } from "./titles";

const marks = (count: number) => `${String(count)} marks`;

test("answers of every kind are told in a few words", () => {
  expect(inShort("yes", marks)).toBe("yes");
  expect(inShort(4, marks)).toBe("4");
  expect(inShort(["urgent", "angry"], marks)).toBe("urgent, angry");
  expect(inShort([["a"], ["b", "c"]], marks)).toBe("a > b = c");
  expect(inShort({ winner: "a", strength: 3 }, marks)).toBe("A · 3");
  expect(inShort({ correct: { verdict: "met" }, safe: { verdict: "not_met" } }, marks)).toBe("correct: met, safe: not_met");
  expect(inShort([{ start: 0, end: 3, label: "dose" }, { start: 5, end: 9, label: "dose" }], marks)).toBe("2 marks: dose");
  expect(inShort(null, marks)).toBe("—");
});

test("values are called by their titles, wherever the question has them", () => {
  const topic = titlesOf({ name: "topic", title: "الموضوع", options: [{ value: "billing", title: "الفوترة", options: [{ value: "refund", title: "استرداد" }] }, { value: "other" }] });
  expect(inShort("refund", marks, topic)).toBe("استرداد");
  expect(inShort(["billing", "other"], marks, topic)).toBe("الفوترة, other");
  const rubric = titlesOf({ criteria: [{ name: "safe", title: "Is safe" }], verdicts: [{ value: "met", title: "Met" }] });
  expect(inShort({ safe: { verdict: "met" } }, marks, rubric)).toBe("Is safe: Met");
});
