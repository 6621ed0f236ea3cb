// Whether there is an answer at all, and what is still wrong with it.
import {
  leaves,
  verdictsOf,
  type Answers,
  type ChatTurn,
  type FileAnswer,
  type PreferenceAnswer,
  type Question,
  type RubricAnswer,
} from "./template";

export function isAnswered(question: Question, answer: unknown): boolean {
  if (answer === undefined || answer === null || answer === "") return false;
  if (question.type === "preference") return Boolean((answer as PreferenceAnswer).winner);
  if (question.type === "rubric") return Object.values(answer as RubricAnswer).some((each) => each.verdict);
  if (question.type === "chat") return (answer as { messages?: ChatTurn[] }).messages?.length !== 0;
  // An empty list is an answer too: there is nothing to mark.
  return true;
}

/** A key of the words of area "task", with what it needs. */
export interface AnswerProblem {
  question: string;
  key:
    | "problem_required"
    | "problem_min"
    | "problem_max"
    | "problem_short"
    | "problem_long"
    | "problem_whole"
    | "problem_strength"
    | "problem_criteria"
    | "problem_reasons"
    | "problem_turns"
    | "problem_address";
  count?: number;
}

const countPoints = (text: string): number => Array.from(text).length;

function countProblem(name: string, count: number, min?: number, max?: number): AnswerProblem | null {
  if (min !== undefined && count < min) return { question: name, key: "problem_min", count: min };
  if (max !== undefined && count > max) return { question: name, key: "problem_max", count: max };
  return null;
}

function rubricProblem(question: Extract<Question, { type: "rubric" }>, answer: RubricAnswer): AnswerProblem | null {
  const isMissing = question.criteria.some((criterion) => !answer[criterion.name]?.verdict);
  if (isMissing) return { question: question.name, key: "problem_criteria" };
  const lacksReason = question.criteria.some((criterion) => !answer[criterion.name]?.reason?.trim());
  return question.reasons === "required" && lacksReason ? { question: question.name, key: "problem_reasons" } : null;
}

/** What is wrong with one answer that is there. */
export function answerProblem(question: Question, answer: unknown): AnswerProblem | null {
  const { name } = question;
  switch (question.type) {
    case "text": {
      const length = countPoints(answer as string);
      if (length < (question.min_length ?? 0)) return { question: name, key: "problem_short", count: (question.min_length ?? 0) - length };
      if (length > (question.max_length ?? 20_000)) return { question: name, key: "problem_long", count: question.max_length ?? 20_000 };
      return null;
    }
    case "number":
      if (question.whole && !Number.isInteger(answer)) return { question: name, key: "problem_whole" };
      return countProblem(name, answer as number, question.min, question.max);
    case "choices":
    case "spans":
    case "boxes":
      return countProblem(name, (answer as unknown[]).length, question.min, question.max);
    case "file":
      if ((answer as FileAnswer[]).some((file) => !file.uri)) return { question: name, key: "problem_address" };
      return countProblem(name, (answer as unknown[]).length, question.min, question.max);
    case "preference": {
      const { winner, strength } = answer as PreferenceAnswer;
      const needsStrength = (question.levels ?? 2) > 2 && winner !== "tie";
      return needsStrength && !strength ? { question: name, key: "problem_strength" } : null;
    }
    case "rubric":
      return rubricProblem(question, answer as RubricAnswer);
    case "chat": {
      const turns = (answer as { messages: ChatTurn[] }).messages.filter((turn) => turn.role === "user").length;
      return turns < (question.min_turns ?? 1) ? { question: name, key: "problem_turns", count: question.min_turns ?? 1 } : null;
    }
    default:
      return null;
  }
}

/** Everything that keeps these answers from being taken, in the order of the questions. */
export function problemsOf(shown: readonly Question[], answers: Answers): AnswerProblem[] {
  return shown.flatMap((question) => {
    const answer = answers[question.name];
    if (!isAnswered(question, answer)) return question.required === false ? [] : [{ question: question.name, key: "problem_required" as const }];
    const problem = answerProblem(question, answer);
    return problem ? [problem] : [];
  });
}

/** Only what is shown and answered: what is sent. */
export function sentAnswers(shown: readonly Question[], answers: Answers): Answers {
  const sent: Answers = {};
  for (const question of shown) {
    const answer = answers[question.name];
    if (isAnswered(question, answer)) sent[question.name] = tidied(question, answer);
  }
  return sent;
}

function tidied(question: Question, answer: unknown): unknown {
  if (question.type === "rubric")
    return Object.fromEntries(
      Object.entries(answer as RubricAnswer)
        .filter(([, each]) => each.verdict)
        .map(([name, { verdict, reason }]) => [name, reason?.trim() ? { verdict, reason: reason.trim() } : { verdict }]),
    );
  if (question.type === "preference") {
    const { winner, strength, rewrite } = answer as PreferenceAnswer;
    return { winner, ...(strength && winner !== "tie" ? { strength } : {}), ...(rewrite?.trim() ? { rewrite } : {}) };
  }
  return answer;
}

/** Points reached and reachable: Σ score·weight, and the same with the best verdict of every positive weight. */
export function rubricScore(question: Extract<Question, { type: "rubric" }>, answer: RubricAnswer): { points: number; most: number } {
  const scores = new Map(verdictsOf(question).map((verdict) => [verdict.value, verdict.score]));
  const best = Math.max(...scores.values());
  let points = 0;
  let most = 0;
  for (const { name, weight = 1 } of question.criteria) {
    points += weight * (scores.get(answer[name]?.verdict ?? "") ?? 0);
    most += Math.max(0, weight) * best;
  }
  return { points, most };
}

/** The options that a digit chooses, in the order shown. */
export const digitOptions = (question: Question): string[] =>
  question.type === "choice" || question.type === "choices" ? leaves(question.options, question.any_level).map((option) => option.value) : [];
