// Templates as docs/formats/template.md has them.
export interface Option {
  value: string;
  title?: string;
  help?: string;
  shortcut?: string;
  options?: Option[];
  path?: string;
}

export type Condition =
  | { and: Condition[] }
  | { or: Condition[] }
  | { not: Condition }
  | {
      question: string;
      equals?: string | number;
      in?: (string | number)[];
      includes?: string;
      at_least?: number;
      at_most?: number;
      answered?: boolean;
    };

interface QuestionBase {
  name: string;
  title?: string;
  help?: string;
  required?: boolean;
  show_if?: Condition;
  shortcut?: string;
}
export interface ChoiceQuestion extends QuestionBase {
  type: "choice";
  options: Option[];
  any_level?: boolean;
}
export interface ChoicesQuestion extends QuestionBase {
  type: "choices";
  options: Option[];
  any_level?: boolean;
  min?: number;
  max?: number;
}
export interface RatingQuestion extends QuestionBase {
  type: "rating";
  min?: number;
  max?: number;
  titles?: string[];
}
export interface NumberQuestion extends QuestionBase {
  type: "number";
  min?: number;
  max?: number;
  whole?: boolean;
  unit?: string;
}
export interface TextQuestion extends QuestionBase {
  type: "text";
  multiline?: boolean;
  min_length?: number;
  max_length?: number;
}
export interface PreferenceQuestion extends QuestionBase {
  type: "preference";
  a?: string;
  b?: string;
  levels?: 2 | 4 | 8;
  tie?: boolean;
  rewrite?: boolean;
}
export interface RankingQuestion extends QuestionBase {
  type: "ranking";
  options: Option[];
  ties?: boolean;
}
export interface Criterion {
  name: string;
  title?: string;
  help?: string;
  weight?: number;
}
export interface Verdict {
  value: string;
  title?: string;
  score: number;
}
export interface RubricQuestion extends QuestionBase {
  type: "rubric";
  criteria: Criterion[];
  verdicts?: Verdict[];
  reasons?: "none" | "optional" | "required";
}
export interface SpansQuestion extends QuestionBase {
  type: "spans";
  path: string;
  labels: Option[];
  overlap?: boolean;
  min?: number;
  max?: number;
}
export interface BoxesQuestion extends QuestionBase {
  type: "boxes";
  path: string;
  labels: Option[];
  min?: number;
  max?: number;
}
export interface ChatQuestion extends QuestionBase {
  type: "chat";
  models?: 1 | 2;
  min_turns?: number;
  max_turns?: number;
}
export interface FileQuestion extends QuestionBase {
  type: "file";
  media_types?: string[];
  max_bytes?: number;
  min?: number;
  max?: number;
}
export type Question =
  | ChoiceQuestion
  | ChoicesQuestion
  | RatingQuestion
  | NumberQuestion
  | TextQuestion
  | PreferenceQuestion
  | RankingQuestion
  | RubricQuestion
  | SpansQuestion
  | BoxesQuestion
  | ChatQuestion
  | FileQuestion;

export interface Block {
  type: "text" | "markdown" | "chat" | "image" | "audio" | "video" | "pdf" | "table" | "html" | "side_by_side";
  title?: string;
  path?: string;
  content?: string;
  optional?: boolean;
  columns?: string[];
  blocks?: Block[];
}

export interface Template {
  title?: string;
  display?: Block[];
  questions: Question[];
}

export type Payload = Record<string, unknown>;

export interface PreferenceAnswer {
  winner: string;
  strength?: number;
  rewrite?: string;
}
export interface CriterionAnswer {
  verdict?: string;
  reason?: string;
}
export type RubricAnswer = Record<string, CriterionAnswer>;
export interface Span {
  start: number;
  end: number;
  label: string;
}
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
  label: string;
}
export interface ChatTurn {
  role: "user" | "assistant";
  model?: string;
  content: string;
}
export interface FileAnswer {
  name: string;
  media_type: string;
  size_bytes: number;
  sha256: string;
  uri: string;
}
/** Question name → answer. What an answer is depends on its question. */
export type Answers = Record<string, unknown>;

/** What a JSON pointer leads to; undefined when it leads nowhere. */
export function at(payload: unknown, pointer: string | undefined): unknown {
  if (!pointer) return undefined;
  let value: unknown = payload;
  for (const part of pointer.slice(1).split("/")) {
    const name = part.replaceAll("~1", "/").replaceAll("~0", "~");
    if (value === null || typeof value !== "object") return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}

/** Text as it is, anything else as JSON. */
export function textAt(payload: unknown, pointer: string | undefined): string {
  const value = at(payload, pointer);
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}

export const titleOf = (part: { title?: string; value?: string; name?: string }): string => part.title ?? part.value ?? part.name ?? "";

/** "not_met" reads "not met" when nobody gave a title. */
export const shownTitle = (part: { title?: string; value?: string; name?: string }): string =>
  part.title ?? (part.value ?? part.name ?? "").replaceAll("_", " ");

export const kPlainVerdicts: readonly Verdict[] = [
  { value: "met", score: 1 },
  { value: "not_met", score: 0 },
];
export const verdictsOf = (question: RubricQuestion): readonly Verdict[] => question.verdicts ?? kPlainVerdicts;

/** The values that can be chosen, in order of the tree. */
export function leaves(options: readonly Option[], anyLevel = false): Option[] {
  return options.flatMap((option) =>
    option.options?.length ? [...(anyLevel ? [option] : []), ...leaves(option.options, anyLevel)] : [option],
  );
}
