import { expect, test } from "vitest";
import { criterionLines, optionLines, parseCriteria, parseOptions } from "./lines";

test("options survive a walk through text, with what the text does not show", () => {
  const options = [{ value: "yes", title: "Yes", shortcut: "1" }, { value: "no" }];
  expect(optionLines(options)).toBe("yes | Yes\nno");
  expect(parseOptions(optionLines(options), options)).toEqual(options);
  expect(parseOptions("yes | Of course\n\n maybe ", options)).toEqual([{ value: "yes", title: "Of course", shortcut: "1" }, { value: "maybe" }]);
});

test("criteria have a weight, one unless it is said", () => {
  const criteria = [{ name: "safe", title: "Is safe", weight: -5 }];
  expect(criterionLines(criteria)).toBe("safe | Is safe | -5");
  expect(parseCriteria("safe | Is safe | -5\nclear", criteria)).toEqual([...criteria, { name: "clear", weight: 1 }]);
});
