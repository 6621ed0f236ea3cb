// Marking parts of a text: by dragging over it, or by keys: arrows move over words, Shift widens, Enter marks.
import { useMemo, useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../ui";
import { shownTitle, textAt, type Span, type SpansQuestion } from "../template";
import { Nothing } from "./choice";
import { piecesOf, pointsIn, toPoints, trimmed, withSpan, wordsOf } from "./code_points";
import { LabelBar } from "./label_bar";
import type { QuestionProps } from "./props";

/** Where a selection's end lies, in code points of the whole text. */
function offsetOf(node: Node, units: number): number | null {
  const piece = (node instanceof Element ? node : node.parentElement)?.closest<HTMLElement>("[data-start]");
  if (!piece) return null;
  const inside = node instanceof Element ? (units === 0 ? 0 : piece.textContent.length) : units;
  return Number(piece.dataset["start"]) + pointsIn(piece.textContent, inside);
}

export function Spans({ question, answer, onChange, payload, labelId, isReadOnly }: QuestionProps<SpansQuestion, Span[]>) {
  const { t } = useTranslation("task");
  const box = useRef<HTMLDivElement>(null);
  const text = textAt(payload, question.path);
  const points = useMemo(() => toPoints(text), [text]);
  const words = useMemo(() => wordsOf(text), [text]);
  const [label, setLabel] = useState(question.labels[0]?.value ?? "");
  const [cursor, setCursor] = useState<{ from: number; to: number } | null>(null);
  const [notice, setNotice] = useState("");
  const spans = answer ?? [];
  const order = question.labels.map((each) => each.value);
  const titles = new Map(question.labels.map((each) => [each.value, shownTitle(each)]));

  const mark = (start: number, end: number, as = label) => {
    const [from, to] = trimmed(points, start, end);
    const next = withSpan(spans, { start: from, end: to, label: as }, question.overlap ?? false);
    setNotice(next || from >= to ? "" : t("span_overlaps"));
    if (next) onChange(next);
  };
  const onSelect = () => {
    const selection = getSelection();
    if (isReadOnly || !selection || selection.isCollapsed || !selection.anchorNode || !selection.focusNode) return;
    if (!box.current?.contains(selection.anchorNode) || !box.current.contains(selection.focusNode)) return;
    const ends = [offsetOf(selection.anchorNode, selection.anchorOffset), offsetOf(selection.focusNode, selection.focusOffset)];
    const [one, other] = ends;
    if (one === null || one === undefined || other === null || other === undefined) return;
    mark(Math.min(one, other), Math.max(one, other));
    selection.removeAllRanges();
  };
  const chosen = cursor ? ([words[Math.min(cursor.from, cursor.to)]?.[0] ?? 0, words[Math.max(cursor.from, cursor.to)]?.[1] ?? 0] as const) : null;
  const onKey = (event: KeyboardEvent<HTMLDivElement>) => {
    if (isReadOnly || event.ctrlKey || event.metaKey || event.altKey) return;
    const isRtl = getComputedStyle(event.currentTarget).direction === "rtl";
    const step = event.key === "ArrowRight" ? (isRtl ? -1 : 1) : event.key === "ArrowLeft" ? (isRtl ? 1 : -1) : 0;
    if (step) {
      const to = Math.max(0, Math.min(words.length - 1, (cursor?.to ?? -1) + step));
      setCursor({ from: event.shiftKey && cursor ? cursor.from : to, to });
    } else if (event.key === "Enter" && chosen) mark(chosen[0], chosen[1]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="stack tight spans">
      {isReadOnly ? null : <LabelBar labels={question.labels} active={label} onPick={setLabel} hint={t("spans_hint")} keys={t("spans_keys")} />}
      <div
        ref={box}
        className="span-text"
        dir="auto"
        tabIndex={isReadOnly ? undefined : 0}
        role="group"
        aria-labelledby={labelId}
        aria-describedby={`${labelId}-cursor`}
        onPointerUp={onSelect}
        onKeyDown={onKey}
        onBlur={() => setCursor(null)}
      >
        {piecesOf(points, chosen ? [...spans, { start: chosen[0], end: chosen[1], label: "" }] : spans).map((piece) => {
          const own = piece.spans.filter((span) => span.label);
          const isCursor = piece.spans.some((span) => !span.label);
          const top = own.at(-1);
          return (
            <span
              key={piece.start}
              data-start={piece.start}
              data-series={top ? (order.indexOf(top.label) % 6) + 1 : undefined}
              data-cursor={isCursor || undefined}
              data-ends={own.filter((span) => span.end === piece.end).map((span) => titles.get(span.label)).join(", ") || undefined}
            >
              {piece.text}
            </span>
          );
        })}
      </div>
      <span id={`${labelId}-cursor`} className="sr-only" aria-live="polite">
        {chosen ? points.slice(chosen[0], chosen[1]).join("") : ""}
      </span>
      {notice ? <p className="error">{notice}</p> : null}
      <ul className="marks" aria-label={t("marked")}>
        {spans.map((span) => (
          <li key={`${String(span.start)}-${String(span.end)}-${span.label}`} data-series={(order.indexOf(span.label) % 6) + 1}>
            <bdi>{points.slice(span.start, span.end).join("")}</bdi>
            <span className="small muted">{titles.get(span.label)}</span>
            {isReadOnly ? null : (
              <Button
                size="s"
                kind="quiet"
                aria-label={t("remove_mark", { title: points.slice(span.start, span.end).join("") })}
                onPress={() => {
                  const rest = spans.filter((each) => each !== span);
                  onChange(rest.length ? rest : undefined);
                }}
              >
                ✕
              </Button>
            )}
          </li>
        ))}
      </ul>
      {question.required !== false && !question.min && !spans.length ? (
        <Nothing label={t("nothing_to_mark")} answer={answer} onChange={onChange} isReadOnly={isReadOnly} />
      ) : null}
    </div>
  );
}
