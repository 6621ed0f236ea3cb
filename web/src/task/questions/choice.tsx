import { useId } from "react";
import { useTranslation } from "react-i18next";
import { digitOptions } from "../answered";
import { shownTitle, type ChoiceQuestion, type ChoicesQuestion, type Option } from "../template";
import { Key } from "./key";
import type { QuestionProps } from "./props";

interface TreeProps {
  options: readonly Option[];
  anyLevel: boolean;
  type: "radio" | "checkbox";
  name: string;
  digits: readonly string[];
  isPicked: (value: string) => boolean;
  onPick: (value: string, isOn: boolean) => void;
  isReadOnly: boolean | undefined;
}

/** Options, and below a branch its own, indented. */
function Tree(props: TreeProps) {
  const { options, anyLevel, digits } = props;
  return (
    <ul className="options">
      {options.map((option) => (
        <li key={option.value}>
          {option.options?.length && !anyLevel ? (
            <span className="branch" dir="auto">
              {shownTitle(option)}
            </span>
          ) : (
            <OptionLine {...props} option={option} digit={digits.indexOf(option.value)} />
          )}
          {option.options?.length ? <Tree {...props} options={option.options} /> : null}
        </li>
      ))}
    </ul>
  );
}

function OptionLine({ option, digit, type, name, isPicked, onPick, isReadOnly }: TreeProps & { option: Option; digit: number }) {
  const helpId = useId();
  const shortcut = option.shortcut ?? (digit >= 0 && digit < 9 ? String(digit + 1) : undefined);
  return (
    <label className="option" data-picked={isPicked(option.value)}>
      <input
        type={type}
        name={name}
        value={option.value}
        checked={isPicked(option.value)}
        disabled={isReadOnly}
        aria-describedby={option.help ? helpId : undefined}
        onChange={(event) => onPick(option.value, event.target.checked)}
      />
      <span className="grow">
        <span dir="auto" className="option-title">
          {shownTitle(option)}
        </span>
        {option.help ? (
          <span id={helpId} className="hint" dir="auto">
            {option.help}
          </span>
        ) : null}
      </span>
      {shortcut && !isReadOnly ? (
        <span className={option.shortcut ? undefined : "digit-key"}>
          <Key name={shortcut} />
        </span>
      ) : null}
    </label>
  );
}

export function Choice({ question, answer, onChange, labelId, isReadOnly }: QuestionProps<ChoiceQuestion, string>) {
  const name = useId();
  return (
    <div role="radiogroup" aria-labelledby={labelId}>
      <Tree
        options={question.options}
        anyLevel={question.any_level ?? false}
        type="radio"
        name={name}
        digits={digitOptions(question)}
        isPicked={(value) => value === answer}
        onPick={(value) => onChange(value)}
        isReadOnly={isReadOnly}
      />
    </div>
  );
}

export function Choices({ question, answer, onChange, labelId, isReadOnly }: QuestionProps<ChoicesQuestion, string[]>) {
  const { t } = useTranslation("task");
  const name = useId();
  const picked = answer ?? [];
  const pick = (value: string, isOn: boolean) => {
    const next = isOn ? [...picked, value] : picked.filter((each) => each !== value);
    onChange(next.length ? next : undefined);
  };
  return (
    <div role="group" aria-labelledby={labelId}>
      <Tree
        options={question.options}
        anyLevel={question.any_level ?? false}
        type="checkbox"
        name={name}
        digits={digitOptions(question)}
        isPicked={(value) => picked.includes(value)}
        onPick={pick}
        isReadOnly={isReadOnly}
      />
      {question.required !== false && !question.min ? (
        <Nothing label={t("none_of_these")} answer={answer} onChange={onChange} isReadOnly={isReadOnly} />
      ) : null}
    </div>
  );
}

interface NothingProps {
  label: string;
  answer: unknown[] | undefined;
  onChange: (answer: [] | undefined) => void;
  isReadOnly: boolean | undefined;
}

/** Says on purpose that nothing applies: an empty list, not a forgotten question. */
export function Nothing({ label, answer, onChange, isReadOnly }: NothingProps) {
  const isNothing = answer?.length === 0;
  return (
    <label className="option nothing" data-picked={isNothing}>
      <input type="checkbox" checked={isNothing} disabled={isReadOnly} onChange={(event) => onChange(event.target.checked ? [] : undefined)} />
      <span className="option-title">{label}</span>
    </label>
  );
}
