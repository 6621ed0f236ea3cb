import type { Payload } from "../template";

/** What every kind of question gets. `onChange(undefined)` takes the answer back. */
export interface QuestionProps<Q, A> {
  question: Q;
  answer: A | undefined;
  onChange: (answer: A | undefined) => void;
  payload: Payload;
  /** The id of the element that names the question. */
  labelId: string;
  isReadOnly?: boolean;
}
