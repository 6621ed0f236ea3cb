import { useEffect, useState } from "react";
import { Field } from "../ui";

interface LinesFieldProps {
  label: string;
  hint: string;
  /** What the value says now, as lines. */
  text: string;
  onChange: (text: string) => void;
}

/** Lines that the writer may leave half-written: their own text stays until the value says something else. */
export function LinesField({ label, hint, text, onChange }: LinesFieldProps) {
  const [draft, setDraft] = useState({ text, from: text });
  useEffect(() => {
    setDraft((now) => (now.from === text ? now : { text: now.text, from: text }));
  }, [text]);
  return (
    <Field
      label={label}
      hint={hint}
      rows={Math.min(10, Math.max(3, draft.text.split("\n").length))}
      value={draft.text}
      onChange={(next) => {
        setDraft({ text: next, from: text });
        onChange(next);
      }}
    />
  );
}
