// Keys of the workbench. A template's own shortcuts win; digits choose options of the question that is in hand.
import { digitOptions } from "./answered";
import { pointsOf } from "./questions/preference";
import { verdictsOf, type Option, type Question, type RubricAnswer } from "./template";

/** Whether a key goes into a text: then it is no shortcut. */
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !["radio", "checkbox", "button", "range"].includes(target.type);
  return target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

/** "ctrl+shift+k" of an event, as templates write it. */
export function keyOf(event: KeyboardEvent): string {
  const names: Record<string, string> = { ArrowUp: "up", ArrowDown: "down", ArrowLeft: "left", ArrowRight: "right", " ": "space" };
  const name = names[event.key] ?? event.key.toLowerCase();
  return `${event.ctrlKey || event.metaKey ? "ctrl+" : ""}${event.altKey ? "alt+" : ""}${event.shiftKey && name.length > 1 ? "shift+" : ""}${name}`;
}

const flat = (options: readonly Option[]): Option[] => options.flatMap((option) => [option, ...flat(option.options ?? [])]);

/** What a key does to a question's answer; undefined when it does nothing. */
export function answerByKey(question: Question, answer: unknown, key: string, isInHand: boolean): { answer: unknown } | undefined {
  const digit = isInHand && /^[1-9]$/.test(key) ? Number(key) : 0;
  if (question.type === "choice" || question.type === "choices") {
    const value = flat(question.options).find((option) => option.shortcut === key)?.value ?? (digit ? digitOptions(question)[digit - 1] : undefined);
    if (value === undefined) return undefined;
    if (question.type === "choice") return { answer: value };
    const picked = (answer as string[] | undefined) ?? [];
    const next = picked.includes(value) ? picked.filter((each) => each !== value) : [...picked, value];
    return { answer: next.length ? next : undefined };
  }
  if (!digit) return undefined;
  if (question.type === "rating") {
    const level = (question.min ?? 1) + digit - 1;
    return level <= (question.max ?? 5) ? { answer: level } : undefined;
  }
  if (question.type === "preference") {
    const point = pointsOf(question)[digit - 1];
    return point ? { answer: { ...(answer as object | undefined), strength: undefined, ...point } } : undefined;
  }
  if (question.type === "rubric") return rubricByDigit(question, (answer as RubricAnswer | undefined) ?? {}, digit);
  return undefined;
}

/** A digit gives the first criterion without a verdict its verdict. */
function rubricByDigit(question: Extract<Question, { type: "rubric" }>, answer: RubricAnswer, digit: number): { answer: unknown } | undefined {
  const verdict = verdictsOf(question)[digit - 1];
  const criterion = question.criteria.find((each) => !answer[each.name]?.verdict);
  if (!verdict || !criterion) return undefined;
  return { answer: { ...answer, [criterion.name]: { ...answer[criterion.name], verdict: verdict.value } } };
}
