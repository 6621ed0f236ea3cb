// Changes to a template, as values.
import type { Block, Question } from "../task/template";

export const kBlockTypes: readonly Block["type"][] = ["text", "markdown", "chat", "image", "audio", "video", "pdf", "table", "html", "side_by_side"];
export const kQuestionTypes: readonly Question["type"][] = ["choice", "choices", "rating", "number", "text", "preference", "ranking", "rubric", "spans", "boxes", "chat", "file"];

export const replaced = <T>(list: readonly T[], index: number, next: T): T[] => list.map((each, place) => (place === index ? next : each));
export const without = <T>(list: readonly T[], index: number): T[] => list.filter((_, place) => place !== index);

export function moved<T>(list: readonly T[], index: number, by: number): T[] {
  const next = [...list];
  const [taken] = next.splice(index, 1);
  if (taken !== undefined) next.splice(index + by, 0, taken);
  return next;
}

function freeName(questions: readonly Question[], wanted: string): string {
  const taken = new Set(questions.map((each) => each.name));
  if (!taken.has(wanted)) return wanted;
  let number = 2;
  while (taken.has(`${wanted}_${String(number)}`)) ++number;
  return `${wanted}_${String(number)}`;
}

const yesNo = [{ value: "yes" }, { value: "no" }];

/** A question of a kind that the server takes as it is. */
export function newQuestion(type: Question["type"], questions: readonly Question[], like?: Question): Question {
  const base = { name: like?.name ?? freeName(questions, type), ...(like?.title ? { title: like.title } : {}), ...(like?.help ? { help: like.help } : {}), ...(like?.required === false ? { required: false } : {}) };
  switch (type) {
    case "choice":
    case "choices":
      return { ...base, type, options: like && "options" in like ? like.options : yesNo };
    case "preference":
      return { ...base, type, a: "/response_a", b: "/response_b", levels: 4, tie: true };
    case "ranking":
      return { ...base, type, options: [{ value: "a", path: "/response_a" }, { value: "b", path: "/response_b" }] };
    case "rubric":
      return { ...base, type, criteria: [{ name: "correct", weight: 1 }] };
    case "spans":
      return { ...base, type, path: "/text", labels: [{ value: "mark" }] };
    case "boxes":
      return { ...base, type, path: "/image", labels: [{ value: "object" }] };
    case "rating":
      return { ...base, type, min: 1, max: 5 };
    case "text":
      return { ...base, type, multiline: true };
    default:
      return { ...base, type };
  }
}
