// A task and answers to it as the console shows them: the workbench's own drawing of the payload, answers in short.
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Display } from "../task/display";
import type { Answers, Payload as PayloadOf, Template } from "../task/template";
import { Button } from "../ui";
import { titlesOf } from "./titles";
import "../task/task.css";

interface PayloadProps {
  template: Template | null;
  payload: PayloadOf;
}

/** The payload as annotators see it, or as the JSON it is. */
export function Payload({ template, payload }: PayloadProps) {
  const { t } = useTranslation("console");
  const blocks = withSubjects(template);
  const [isJson, setJson] = useState(blocks.length === 0);
  return (
    <div className="stack tight">
      {isJson ? <Json value={payload} /> : <Display blocks={blocks} payload={payload} />}
      {blocks.length > 0 ? (
        <div>
          <Button kind="quiet" size="s" onPress={() => setJson(!isJson)}>
            {isJson ? t("show_as_task") : t("show_as_json")}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

// Spans and boxes carry their text or picture in the question; here it is shown among the blocks.
function withSubjects(template: Template | null) {
  const blocks = [...(template?.display ?? [])];
  for (const question of template?.questions ?? []) {
    if (question.type === "spans") blocks.push({ type: "text", path: question.path });
    if (question.type === "boxes") blocks.push({ type: "image", path: question.path });
  }
  return blocks;
}

export function Json({ value }: { value: unknown }) {
  const { t } = useTranslation("console");
  return (
    <pre className="json" dir="ltr" tabIndex={0} role="region" aria-label={t("as_json")}>
      {JSON.stringify(value, null, 2)}
    </pre>
  );
}

/** Answers in a few words, question by question. */
export function AnswersView({ template, answers }: { template: Template | null; answers: Answers }) {
  const names = Object.keys(answers);
  const { t } = useTranslation("console");
  if (names.length === 0) return <span className="muted">—</span>;
  return (
    <dl className="answers">
      {names.map((name) => {
        const question = template?.questions.find((each) => each.name === name);
        return (
          <div key={name}>
            <dt>
              <bdi>{question?.title ?? name}</bdi>
            </dt>
            <dd dir="auto">{inShort(answers[name], (count) => t("marks", { count }), titlesOf(question))}</dd>
          </div>
        );
      })}
    </dl>
  );
}

const kMost = 400;
const kSides: Record<string, string> = { a: "A", b: "B", tie: "=" };

/** An answer of any kind as text. */
export function inShort(answer: unknown, marks: (count: number) => string, titles: ReadonlyMap<string, string> = new Map()): string {
  const called = (value: string) => titles.get(value) ?? value;
  if (answer === null || answer === undefined) return "—";
  if (typeof answer === "string" && titles.has(answer)) return called(answer);
  if (typeof answer === "string") return answer.length > kMost ? `${answer.slice(0, kMost)}…` : answer;
  if (typeof answer !== "object") return String(answer as number);
  if (Array.isArray(answer)) {
    const all = answer as unknown[];
    if (all.every((each) => typeof each === "string")) return (all as string[]).map(called).join(", ");
    if (all.every(Array.isArray)) return (all as string[][]).map((tied) => tied.map(called).join(" = ")).join(" > ");
    const labels = (all as { label?: string; name?: string }[]).map((each) => called(each.label ?? each.name ?? "")).filter(Boolean);
    return `${marks(all.length)}${labels.length ? `: ${[...new Set(labels)].join(", ")}` : ""}`;
  }
  const object = answer as Record<string, unknown>;
  if ("winner" in object) {
    const strength = object["strength"];
    const winner = String(object["winner"] as string);
    return [kSides[winner] ?? winner, strength === undefined ? "" : String(strength as number)].filter(Boolean).join(" · ");
  }
  if (Array.isArray(object["messages"])) return marks(object["messages"].length);
  return Object.entries(object)
    .map(([name, value]) => `${called(name)}: ${called((value as { verdict?: string } | null)?.verdict ?? "—")}`)
    .join(", ");
}
