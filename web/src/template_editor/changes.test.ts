import { expect, test } from "vitest";
import { moved, newQuestion, replaced, without } from "./changes";

test("a part moves up, goes, or is replaced, and the others stay", () => {
  expect(moved(["a", "b", "c"], 2, -1)).toEqual(["a", "c", "b"]);
  expect(without(["a", "b", "c"], 1)).toEqual(["a", "c"]);
  expect(replaced(["a", "b"], 0, "x")).toEqual(["x", "b"]);
});

test("a new question has a name of its own; one of another kind keeps name, title and options", () => {
  const first = newQuestion("choice", []);
  expect(first.name).toBe("choice");
  expect(newQuestion("choice", [first]).name).toBe("choice_2");
  const titled = { ...first, title: "Safe?" };
  expect(newQuestion("choices", [titled], titled)).toEqual({ name: "choice", title: "Safe?", type: "choices", options: [{ value: "yes" }, { value: "no" }] });
});
