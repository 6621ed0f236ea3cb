// A template as a form or as the JSON it is, beside the task as annotators will see it.
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { TaskForm } from "../task/task_form";
import type { Answers, Payload, Template } from "../task/template";
import { isProblem } from "../api/client";
import { Card, detailOf, Tabs } from "../ui";
import { useCheck } from "./check";
import { MistakeNote, TemplateForm } from "./form";
import "./template_editor.css";

interface EditorProps {
  /** The project whose template it is; it is checked while it is written. */
  projectId?: string | undefined;
  template: Template;
  sample: Payload;
  onChange: (template: Template) => void;
  /** What the server refused; a mistake is shown where it stands. */
  error?: unknown;
}

export function TemplateEditor({ projectId, template, sample, onChange, error }: EditorProps) {
  const { t } = useTranslation("console");
  const [edited, setPayload] = useState<Payload | null>(null);
  const payload = edited ?? sample;
  const checked = useCheck(projectId, template, payload);
  const refused = isProblem(error) ? { where: error.where ?? "", code: error.code, text: detailOf(error.problem) } : null;
  const mistake = projectId === undefined ? refused : checked.document;
  return (
    <div className="template-editor">
      <div className="stack">
        <Tabs
          label={t("template")}
          parts={[
            { id: "form", label: t("as_form"), content: <TemplateForm template={template} onChange={onChange} mistake={mistake} /> },
            { id: "json", label: t("as_json"), content: <JsonField label={t("template")} value={template} onChange={(value) => onChange(value as Template)} rows={26} /> },
            { id: "sample", label: t("sample_task"), content: <JsonField label={t("sample_task")} hint={t("sample_task_text")} value={payload} onChange={(value) => setPayload(value as Payload)} rows={16} /> },
          ]}
        />
      </div>
      <Card title={t("preview")}>
        {checked.payload ? <MistakeNote mistake={checked.payload} /> : null}
        <Preview key={JSON.stringify(template)} template={template} payload={payload} />
      </Card>
    </div>
  );
}

function Preview({ template, payload }: { template: Template; payload: Payload }) {
  const [answers, setAnswers] = useState<Answers>({});
  return (
    <div className="template-preview">
      <TaskForm template={template} payload={payload} answers={answers} onChange={setAnswers} />
    </div>
  );
}

interface JsonFieldProps {
  label: string;
  hint?: string;
  value: unknown;
  rows: number;
  onChange: (value: object) => void;
}

/** JSON that is passed on whenever it is whole. */
export function JsonField({ label, hint, value, rows, onChange }: JsonFieldProps) {
  const { t } = useTranslation("console");
  const shown = JSON.stringify(value, null, 2);
  const [text, setText] = useState(shown);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    setText((now) => {
      try {
        return JSON.stringify(JSON.parse(now)) === JSON.stringify(JSON.parse(shown)) ? now : shown;
      } catch {
        return now;
      }
    });
  }, [shown]);
  const change = (next: string) => {
    setText(next);
    try {
      const read: unknown = JSON.parse(next);
      if (typeof read !== "object" || read === null || Array.isArray(read)) {
        setProblem(t("json_object"));
        return;
      }
      setProblem(null);
      onChange(read);
    } catch (mistake) {
      setProblem(mistake instanceof Error ? mistake.message : t("json_object"));
    }
  };
  return (
    <label className="field">
      <span>{label}</span>
      {hint ? <span className="hint">{hint}</span> : null}
      <textarea className="input code" dir="ltr" spellCheck={false} rows={rows} value={text} onChange={(event) => change(event.target.value)} aria-invalid={problem !== null} />
      {problem ? (
        <span className="error" role="alert">
          <bdi dir="ltr">{problem}</bdi>
        </span>
      ) : null}
    </label>
  );
}
