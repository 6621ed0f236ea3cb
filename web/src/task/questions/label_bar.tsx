import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { isTyping } from "../shortcuts";
import { shownTitle, type Option } from "../template";
import { Key } from "./key";

interface LabelBarProps {
  labels: readonly Option[];
  active: string;
  onPick: (value: string) => void;
  hint: string;
  /** How it is done without a mouse: not said where there are no keys. */
  keys: string;
}

/** The labels to mark with; the one in hand is pressed. */
export function LabelBar({ labels, active, onPick, hint, keys }: LabelBarProps) {
  const { t } = useTranslation("task");
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (isTyping(event) || event.ctrlKey || event.altKey || event.metaKey) return;
      const label = labels.find((each) => each.shortcut === event.key.toLowerCase());
      if (label) onPick(label.value);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [labels, onPick]);
  return (
    <div className="stack tight">
      <div className="row" role="group" aria-label={t("labels")}>
        {labels.map((label, index) => (
          <button key={label.value} type="button" className="label-chip" data-series={(index % 6) + 1} aria-pressed={label.value === active} onClick={() => onPick(label.value)}>
            <span dir="auto">{shownTitle(label)}</span>
            {label.shortcut ? <Key name={label.shortcut} /> : null}
          </button>
        ))}
      </div>
      <p className="hint">
        {hint} <span className="needs-keys">{keys}</span>
      </p>
    </div>
  );
}
