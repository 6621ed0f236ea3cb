// Which questions are shown: the same rules as the server's (docs/formats/template.md, "Conditions").
import { isAnswered } from "./answered";
import type { Answers, Condition, Option, PreferenceAnswer, Question, RubricAnswer, Template } from "./template";

/** Whether `value` is `wanted` or stands below it in the tree of options. */
function isAtOrBelow(options: readonly Option[], wanted: string, value: string): boolean {
  return options.some((option) => {
    if (option.value === wanted) return contains(option, value);
    return option.options ? isAtOrBelow(option.options, wanted, value) : false;
  });
}

function contains(option: Option, value: string): boolean {
  return option.value === value || (option.options ?? []).some((below) => contains(below, value));
}

function singleValue(question: Question, answer: unknown, criterion: string | undefined): string | undefined {
  if (question.type === "preference") return (answer as PreferenceAnswer).winner;
  if (question.type === "rubric") return criterion ? (answer as RubricAnswer)[criterion]?.verdict : undefined;
  return typeof answer === "string" || typeof answer === "number" ? String(answer) : undefined;
}

type Leaf = Extract<Condition, { question: string }>;

function holdsLeaf(condition: Leaf, question: Question, answer: unknown, criterion: string | undefined): boolean {
  const value = singleValue(question, answer, criterion);
  const wanted = condition.in ?? (condition.equals !== undefined ? [condition.equals] : null);
  if (condition.answered !== undefined) {
    const has = criterion ? Boolean(value) : isAnswered(question, answer);
    return has === condition.answered;
  }
  if (wanted) {
    if (value === undefined) return false;
    return wanted.some((each) =>
      question.type === "choice" ? isAtOrBelow(question.options, String(each), value) : String(each) === value,
    );
  }
  if (condition.includes !== undefined) {
    if (question.type !== "choices" || !Array.isArray(answer)) return false;
    const { includes } = condition;
    return answer.some((each) => isAtOrBelow(question.options, includes, String(each)));
  }
  if (typeof answer !== "number") return false;
  return answer >= (condition.at_least ?? -Infinity) && answer <= (condition.at_most ?? Infinity);
}

function holds(condition: Condition, template: Template, answers: Answers, shown: ReadonlySet<string>): boolean {
  if ("and" in condition) return condition.and.every((part) => holds(part, template, answers, shown));
  if ("or" in condition) return condition.or.some((part) => holds(part, template, answers, shown));
  if ("not" in condition) return !holds(condition.not, template, answers, shown);
  const [name, criterion] = condition.question.split("/");
  const question = template.questions.find((each) => each.name === name);
  if (!question) return false;
  const answer = shown.has(question.name) ? answers[question.name] : undefined;
  if (!isAnswered(question, answer)) return condition.answered === false;
  return holdsLeaf(condition, question, answer, criterion);
}

/** The questions that these answers leave on the screen, in order. */
export function shownQuestions(template: Template, answers: Answers): Question[] {
  const shown = new Set<string>();
  for (const question of template.questions)
    if (!question.show_if || holds(question.show_if, template, answers, shown)) shown.add(question.name);
  return template.questions.filter((question) => shown.has(question.name));
}
