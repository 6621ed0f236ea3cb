// One question: its title, help, control, and what is wrong with its answer.
import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { AnswerProblem } from "./answered";
import { Boxes } from "./questions/boxes";
import { ChatTurns } from "./questions/chat";
import { Choice, Choices } from "./questions/choice";
import { Files } from "./questions/file";
import { Key } from "./questions/key";
import { Preference } from "./questions/preference";
import type { QuestionProps } from "./questions/props";
import { Ranking } from "./questions/ranking";
import { Rubric } from "./questions/rubric";
import { NumberInput, Rating, TextInput } from "./questions/scales";
import { Spans } from "./questions/spans";
import { shownTitle, type Payload, type Question } from "./template";

// Each control takes the answers of its own kind of question; the template says which is which.
// eslint-disable-next-line
type Control = (props: QuestionProps<any, any>) => React.ReactNode;
const kControls: Record<Question["type"], Control> = {
  choice: Choice,
  choices: Choices,
  rating: Rating,
  number: NumberInput,
  text: TextInput,
  preference: Preference,
  ranking: Ranking,
  rubric: Rubric,
  spans: Spans,
  boxes: Boxes,
  chat: ChatTurns,
  file: Files,
};

interface QuestionViewProps {
  question: Question;
  answer: unknown;
  onChange: (answer: unknown) => void;
  payload: Payload;
  problem?: AnswerProblem | undefined;
  isReadOnly?: boolean;
  isInHand?: boolean;
}

export function QuestionView({ question, problem, isInHand, ...rest }: QuestionViewProps) {
  const { t } = useTranslation("task");
  const labelId = useId();
  const Control = kControls[question.type];
  return (
    <section className="question" data-question={question.name} data-in-hand={isInHand} data-problem={Boolean(problem)}>
      <div className="question-head">
        <h3 id={labelId} dir="auto">
          {shownTitle(question)}
          {question.required === false ? <span className="muted small"> {t("optional")}</span> : null}
        </h3>
        {question.shortcut && !rest.isReadOnly ? <Key name={question.shortcut} /> : null}
      </div>
      {question.help ? (
        <p className="hint" dir="auto">
          {question.help}
        </p>
      ) : null}
      <Control question={question} labelId={labelId} {...rest} />
      {problem ? (
        <p className="error" role="alert">
          {t(problem.key, { count: problem.count ?? 0 })}
        </p>
      ) : null}
    </section>
  );
}
