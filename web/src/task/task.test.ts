import { describe, expect, it } from "vitest";
import { answerProblem, problemsOf, rubricScore, sentAnswers } from "./answered";
import { shownQuestions } from "./condition";
import { between, isDot, moved as movedBox, pulled, stepOf } from "./questions/box_moves";
import { piecesOf, pointsIn, toPoints, trimmed, withSpan, wordsOf } from "./questions/code_points";
import { pointsOf } from "./questions/preference";
import { endMoved, lanesOf, lettersOf, pressed, snapped, withChanged } from "./questions/span_moves";
import { moved, tied, toGroups, toRows } from "./questions/ranks";
import { answerByKey } from "./shortcuts";
import { toTable } from "./table_rows";
import { at, type Question, type RubricQuestion, type Template } from "./template";

const template: Template = {
  questions: [
    { name: "topic", type: "choice", options: [{ value: "billing", options: [{ value: "invoice" }, { value: "refund" }] }, { value: "other" }] },
    { name: "tags", type: "choices", required: false, options: [{ value: "urgent" }, { value: "angry" }] },
    { name: "tone", type: "rating" },
    { name: "why", type: "text", min_length: 5, show_if: { question: "topic", equals: "billing" } },
    { name: "more", type: "text", show_if: { question: "why", answered: true } },
    { name: "calm", type: "text", show_if: { not: { question: "tags", includes: "angry" } }, required: false },
    { name: "low", type: "text", show_if: { and: [{ question: "tone", at_most: 2 }, { or: [{ question: "topic", in: ["other"] }] }] } },
  ],
};
const names = (answers: Record<string, unknown>) => shownQuestions(template, answers).map((question) => question.name);

describe("conditions", () => {
  it("hold for a value below the named one in a tree", () => {
    expect(names({ topic: "refund" })).toContain("why");
    expect(names({ topic: "other" })).not.toContain("why");
  });
  it("take a hidden question as not answered, whatever it holds", () => {
    expect(names({ topic: "refund", why: "because" })).toContain("more");
    expect(names({ topic: "other", why: "because" })).not.toContain("more");
  });
  it("join, negate and compare", () => {
    expect(names({ topic: "other", tone: 2 })).toContain("low");
    expect(names({ topic: "other", tone: 3 })).not.toContain("low");
    expect(names({ tags: ["angry"] })).not.toContain("calm");
    expect(names({})).toContain("calm");
  });
});

describe("answers", () => {
  it("are complete only when every shown question that needs one has one", () => {
    const answers = { topic: "refund", why: "abc" };
    const problems = problemsOf(shownQuestions(template, answers), answers);
    expect(problems).toEqual([
      { question: "tone", key: "problem_required" },
      { question: "why", key: "problem_short", count: 2 },
      { question: "more", key: "problem_required" },
    ]);
  });
  it("are sent without what is hidden or empty", () => {
    const answers = { topic: "other", why: "was shown before", tags: undefined, tone: 4, calm: "" };
    expect(sentAnswers(shownQuestions(template, answers), answers)).toEqual({ topic: "other", tone: 4 });
  });
  it("of a preference lose the strength with a tie", () => {
    const question: Question = { name: "better", type: "preference", levels: 8, tie: true };
    expect(sentAnswers([question], { better: { winner: "tie", strength: 3 } })).toEqual({ better: { winner: "tie" } });
    expect(answerProblem(question, { winner: "a" })?.key).toBe("problem_strength");
    expect(pointsOf(question).map((point) => point.winner + String(point.strength ?? ""))).toEqual(["a4", "a3", "a2", "a1", "tie", "b1", "b2", "b3", "b4"]);
    expect(pointsOf({ name: "x", type: "preference" })).toEqual([{ winner: "a" }, { winner: "b" }]);
  });
  it("of a rubric make points, faults cost some", () => {
    const rubric: RubricQuestion = { name: "g", type: "rubric", criteria: [{ name: "x", weight: 5 }, { name: "y", weight: 8 }, { name: "bad", weight: -10 }] };
    expect(rubricScore(rubric, { x: { verdict: "met" }, bad: { verdict: "met" } })).toEqual({ points: -5, most: 13 });
    expect(answerProblem(rubric, { x: { verdict: "met" } })?.key).toBe("problem_criteria");
  });
});

describe("keys", () => {
  it("choose the option of a digit, and take it back in a list", () => {
    const [topic, tags] = template.questions as [Question, Question];
    expect(answerByKey(topic, undefined, "2", true)).toEqual({ answer: "refund" });
    expect(answerByKey(topic, undefined, "2", false)).toBeUndefined();
    expect(answerByKey(tags, ["urgent"], "1", true)).toEqual({ answer: undefined });
  });
});

describe("rankings", () => {
  it("move a row without taking its tie along", () => {
    const rows = toRows([["a"], ["b", "c"], ["d"]]);
    expect(rows.map((row) => row.place)).toEqual([1, 2, 2, 4]);
    expect(toGroups(moved(rows, "d", 0))).toEqual([["d"], ["a"], ["b", "c"]]);
    expect(toGroups(moved(rows, "b", 0))).toEqual([["b"], ["a"], ["c"], ["d"]]);
    expect(toGroups(moved(rows, "a", 2))).toEqual([["b", "c"], ["a"], ["d"]]);
  });
  it("tie with the row above and part again", () => {
    const rows = toRows([["a"], ["b"]]);
    expect(toGroups(tied(rows, 1))).toEqual([["a", "b"]]);
    expect(toGroups(tied(tied(rows, 1), 1))).toEqual([["a"], ["b"]]);
  });
});

describe("spans", () => {
  const text = "خذ ٥٠٠ ملغ 💊 الآن";
  it("count code points, not UTF-16 units", () => {
    const points = toPoints(text);
    expect(points.indexOf("💊")).toBe(11);
    expect(pointsIn(text, text.indexOf("الآن"))).toBe(13);
  });
  it("lose spaces at their ends and may not overlap unless allowed", () => {
    expect(trimmed(toPoints(" ab "), 0, 4)).toEqual([1, 3]);
    const one = withSpan([], { start: 2, end: 5, label: "dose" }, false);
    expect(withSpan(one ?? [], { start: 4, end: 6, label: "dose" }, false)).toBeNull();
    expect(withSpan(one ?? [], { start: 4, end: 6, label: "dose" }, true)).toHaveLength(2);
    expect(withSpan(one ?? [], { start: 2, end: 5, label: "dose" }, true)).toBeNull();
  });
  it("cut the text into pieces without a gap", () => {
    const pieces = piecesOf(toPoints("abcdef"), [{ start: 1, end: 4, label: "x" }, { start: 3, end: 5, label: "y" }]);
    expect(pieces.map((piece) => piece.text)).toEqual(["a", "bc", "d", "e", "f"]);
    expect(pieces.map((piece) => piece.spans.length)).toEqual([0, 1, 2, 1, 0]);
  });
  it("can be made word by word in any script", () => {
    expect(wordsOf("خذ ملغ")).toEqual([[0, 2], [3, 6]]);
  });
});

describe("ends of spans", () => {
  const text = "كَتَبَ 👩‍⚕️ the e\u0301nd";
  const letters = lettersOf(text);
  it("never part a letter from the marks on it, nor a picture from its parts", () => {
    expect(letters.slice(0, 5)).toEqual([0, 2, 4, 6, 7]);
    expect(snapped(letters, 1, 3)).toEqual([0, 4]);
    expect(snapped(letters, 2, 4)).toEqual([2, 4]);
    const doctor = Array.from("كَتَبَ ").length;
    expect(snapped(letters, doctor + 1, doctor + 2)).toEqual([doctor, doctor + Array.from("👩‍⚕️").length]);
  });
  it("move by a letter or by a word, and leave something between them", () => {
    const span = { start: 2, end: 6, label: "x" };
    expect(endMoved(span, "end", false, letters)).toEqual({ ...span, end: 4 });
    expect(endMoved(span, "start", false, letters)).toEqual({ ...span, start: 0 });
    expect(endMoved({ ...span, end: 4 }, "end", false, letters)).toBeUndefined();
    expect(endMoved({ ...span, start: 0 }, "start", false, letters)).toBeUndefined();
    expect(endMoved(span, "end", true, [6, 12, 20])).toEqual({ ...span, end: 12 });
  });
  const [one, two] = [
    { start: 0, end: 4, label: "x" },
    { start: 6, end: 9, label: "y" },
  ];
  it("keep off other spans, unless spans may overlap", () => {
    expect(withChanged([one, two], one, { ...one, end: 7 }, false)).toBeNull();
    expect(withChanged([one, two], one, { ...one, end: 7 }, true)).toEqual([{ ...one, end: 7 }, two]);
    expect(withChanged([one, two], one, { ...one, end: 6 }, false)).toEqual([{ ...one, end: 6 }, two]);
  });
  it("have lines that do not lie on one another", () => {
    const [outer, inner, next] = [
      { start: 0, end: 10, label: "x" },
      { start: 2, end: 5, label: "y" },
      { start: 5, end: 12, label: "z" },
    ];
    expect([...lanesOf([inner, outer, next]).values()]).toEqual([0, 1, 1]);
  });
  it("of the shortest span are meant by a press, then of the next one", () => {
    const outer = { start: 0, end: 10, label: "x" };
    expect(pressed([outer, one], null)).toBe(one);
    expect(pressed([outer, one], "0-4-x")).toBe(outer);
    expect(pressed([outer, one], "0-10-x")).toBe(one);
    expect(pressed([], null)).toBeUndefined();
  });
});

describe("boxes", () => {
  const cat = { x: 0.2, y: 0.2, width: 0.4, height: 0.4, label: "cat" };
  it("lie between two corners, whichever was first", () => {
    expect(between([0.5, 0.6], [0.1, 0.2], "cat")).toEqual({ x: 0.1, y: 0.2, width: 0.4, height: 0.4, label: "cat" });
  });
  it("stay inside the picture when they are moved", () => {
    expect(movedBox({ x: 0, y: 0, width: 1, height: 0.5, label: "cat" }, stepOf([1, 1], false))).toMatchObject({ x: 0, y: 0.01, width: 1, height: 0.5 });
    expect(movedBox(cat, [-1, 1])).toMatchObject({ x: 0, y: 0.6, width: 0.4, height: 0.4 });
  });
  it("keep the opposite corner when one is pulled", () => {
    expect(pulled(cat, [0, 0], [-0.1, 0.1])).toEqual({ x: 0.1, y: 0.3, width: 0.5, height: 0.3, label: "cat" });
    expect(pulled(cat, [1, 0], [0.2, -0.3])).toEqual({ x: 0.2, y: 0, width: 0.6, height: 0.6, label: "cat" });
  });
  it("keep three sides when one is pulled", () => {
    expect(pulled(cat, [0.5, 1], [0.3, 0.1])).toEqual({ ...cat, height: 0.5 });
    expect(pulled(cat, [0, 0.5], [0.1, 0.3])).toEqual({ ...cat, x: 0.3, width: 0.3 });
  });
  it("are never pulled inside out, nor out of the picture", () => {
    expect(pulled(cat, [0, 1], [0.9, 2])).toEqual({ x: 0.595, y: 0.2, width: 0.005, height: 0.8, label: "cat" });
    expect(pulled(cat, [1, 1], [-1, -1])).toEqual({ ...cat, width: 0.005, height: 0.005 });
    expect(pulled({ ...cat, x: 0, width: 0.001 }, [0, 0.5], [-1, 0])).toMatchObject({ x: 0, width: 0.001 });
  });
  it("move by a hundredth of the picture at a key, or by a thousandth", () => {
    expect(movedBox(cat, stepOf([-1, 0], false))).toMatchObject({ x: 0.19, y: 0.2 });
    expect(pulled(cat, [1, 1], stepOf([1, 1], true))).toMatchObject({ width: 0.401, height: 0.401 });
  });
  it("of a press are no boxes", () => {
    expect(isDot(between([0.5, 0.5], [0.502, 0.9], "cat"))).toBe(true);
    expect(isDot(cat)).toBe(false);
  });
});

describe("payloads", () => {
  it("are read by JSON pointers", () => {
    expect(at({ "a/b": [{ "~": 1 }] }, "/a~1b/0/~0")).toBe(1);
    expect(at({}, "/x/y")).toBeUndefined();
  });
  it("become tables from objects or arrays", () => {
    expect(toTable([{ time: 1, value: { x: 2 } }], ["value", "time"])).toEqual({ heads: ["value", "time"], cells: [['{"x":2}', "1"]] });
    expect(toTable([[1, null]], undefined)).toEqual({ heads: [], cells: [["1", ""]] });
  });
});
