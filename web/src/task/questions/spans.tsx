// Marking parts of a text: by selecting them with a mouse or a finger, or by keys. Ends of a mark can be moved afterwards.
import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../ui";
import { shownTitle, textAt, type Span, type SpansQuestion } from "../template";
import { Nothing } from "./choice";
import { toPoints, trimmed, withSpan, wordsOf } from "./code_points";
import { LabelBar } from "./label_bar";
import { MarkTools } from "./mark_tools";
import type { QuestionProps } from "./props";
import { SpanHandles } from "./span_handles";
import { SpanList } from "./span_list";
import { endAt, endMoved, keyOfSpan, lettersOf, pressed, snapped, withChanged, type End } from "./span_moves";
import { selectedIn } from "./span_place";
import { SpanPieces } from "./span_text";
import { useUndo } from "./undo";

/** −1 back, 1 forth, 0 no arrow: in a text from right to left, the left arrow goes forth. */
function stepOf(key: string, text: Element | null): -1 | 0 | 1 {
  if (key !== "ArrowLeft" && key !== "ArrowRight") return 0;
  const isRtl = text !== null && getComputedStyle(text).direction === "rtl";
  return (key === "ArrowRight") === isRtl ? -1 : 1;
}

export function Spans({ question, answer, onChange, payload, labelId, isReadOnly }: QuestionProps<SpansQuestion, Span[]>) {
  const { t } = useTranslation("task");
  const box = useRef<HTMLDivElement>(null);
  const text = textAt(payload, question.path);
  const { points, words, letters } = useMemo(() => ({ points: toPoints(text), words: wordsOf(text), letters: lettersOf(text) }), [text]);
  const [label, setLabel] = useState(question.labels[0]?.value ?? "");
  const [cursor, setCursor] = useState<{ from: number; to: number } | null>(null);
  const [chosenKey, setChosenKey] = useState<string | null>(null);
  const [pull, setPull] = useState<{ from: Span; to: Span } | null>(null);
  // What a finger has selected: it is marked with a button, once its ends are where they belong.
  const [held, setHeld] = useState<[number, number] | null>(null);
  const byTouch = useRef(false);
  const [notice, setNotice] = useState("");
  const steps = useUndo(answer, onChange);
  const spans = answer ?? [];
  const mayOverlap = question.overlap ?? false;
  const chosen = isReadOnly ? undefined : spans.find((span) => keyOfSpan(span) === chosenKey);
  const titles = new Map(question.labels.map((each) => [each.value, shownTitle(each)]));
  const textOf = ({ start, end }: { start: number; end: number }) => points.slice(start, end).join("");

  const set = (next: Span[] | null, then: Span | undefined, group?: string) => {
    setNotice(next ? "" : t("span_overlaps"));
    if (!next) return;
    steps.set(next.length ? next : undefined, group);
    setChosenKey(then ? keyOfSpan(then) : null);
  };
  const mark = (start: number, end: number) => {
    const [from, to] = snapped(letters, ...trimmed(points, start, end));
    const added = { start: from, end: to, label };
    if (from < to) set(withSpan(spans, added, mayOverlap), added);
  };
  const change = (old: Span, next: Span | undefined, group?: string) => {
    if (next) set(withChanged(spans, old, next, mayOverlap), next, group);
  };
  const remove = (span: Span) => set(spans.filter((each) => each !== span), undefined);
  useEffect(() => {
    if (isReadOnly) return;
    const look = () => {
      const selected = byTouch.current ? selectedIn(box.current) : null;
      if (selected) setHeld(selected);
    };
    document.addEventListener("selectionchange", look);
    return () => document.removeEventListener("selectionchange", look);
  }, [isReadOnly]);
  const onPointerUp = (event: PointerEvent) => {
    if (isReadOnly) return;
    const selected = selectedIn(box.current);
    if (selected && byTouch.current) return;
    setHeld(null);
    if (selected) {
      mark(...selected);
      getSelection()?.removeAllRanges();
      return;
    }
    const start = Number((event.target as Element).closest<HTMLElement>("[data-start]")?.dataset["start"] ?? NaN);
    const span = pressed(spans.filter((each) => each.start <= start && each.end > start), chosenKey);
    setChosenKey(span ? keyOfSpan(span) : null);
  };
  const moveEnd = (span: Span, end: End, event: KeyboardEvent, byWord: boolean) => {
    const step = stepOf(event.key, box.current);
    if (!step) return false;
    change(span, endMoved(span, end, step > 0, byWord ? words.map((word) => word[end === "start" ? 0 : 1]) : letters), `${end} ${String(spans.indexOf(span))}`);
    return true;
  };
  const onMarkKey = (span: Span, event: KeyboardEvent, end?: End) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const relabelled = question.labels.find((each) => each.shortcut === event.key.toLowerCase());
    if (event.key === "Delete" || event.key === "Backspace") {
      remove(span);
      box.current?.focus();
    } else if (relabelled) change(span, { ...span, label: relabelled.value });
    else if (!(end ? moveEnd(span, end, event, event.shiftKey) : event.shiftKey && moveEnd(span, "end", event, true))) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const wordsAt = cursor ? ([words[Math.min(cursor.from, cursor.to)]?.[0] ?? 0, words[Math.max(cursor.from, cursor.to)]?.[1] ?? 0] as const) : null;
  const onKey = (event: KeyboardEvent) => {
    if (isReadOnly || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = stepOf(event.key, box.current);
    if (step) {
      const to = Math.max(0, Math.min(words.length - 1, (cursor?.to ?? -1) + step));
      setCursor({ from: event.shiftKey && cursor ? cursor.from : to, to });
    } else if (event.key === "Enter" && wordsAt) mark(...wordsAt);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onPull = (end: End, at: number, isDone: boolean) => {
    const from = pull?.from ?? chosen;
    if (!from) return;
    const [low, high] = snapped(letters, at, at);
    const to = endAt(from, end, end === "start" ? low : high) ?? from;
    const isAllowed = to === from || withChanged(spans, from, to, mayOverlap) !== null;
    setPull(isDone ? null : { from, to: isAllowed ? to : (pull?.to ?? from) });
    const last = isAllowed ? to : pull?.to;
    if (isDone && last && last !== from) change(from, last);
  };
  const shown = pull ? spans.map((span) => (keyOfSpan(span) === keyOfSpan(pull.from) ? pull.to : span)) : spans;
  const handled = pull?.to ?? chosen;
  return (
    <div className="stack tight spans">
      {isReadOnly ? null : <LabelBar labels={question.labels} active={label} onPick={setLabel} hint={t("spans_hint")} keys={t("spans_keys")} />}
      <div className="span-field">
        <div
          ref={box}
          className="span-text"
          dir="auto"
          tabIndex={isReadOnly ? undefined : 0}
          role="group"
          aria-labelledby={labelId}
          aria-describedby={`${labelId}-cursor`}
          onPointerDown={(event) => {
            byTouch.current = event.pointerType === "touch" || event.pointerType === "pen";
          }}
          onPointerUp={onPointerUp}
          onKeyDown={onKey}
          onBlur={() => setCursor(null)}
        >
          <SpanPieces points={points} spans={shown} labels={question.labels} chosen={handled ? keyOfSpan(handled) : null} cursor={wordsAt} />
        </div>
        {handled ? (
          <SpanHandles text={box} span={handled} title={textOf(handled)} letters={letters} onPull={onPull} onKey={(end, event) => onMarkKey(handled, event, end)} />
        ) : null}
      </div>
      <span id={`${labelId}-cursor`} className="sr-only" aria-live="polite">
        {wordsAt ? textOf({ start: wordsAt[0], end: wordsAt[1] }) : handled ? textOf(handled) : ""}
      </span>
      {held ? (
        <div className="span-held">
          <Button
            kind="primary"
            onPress={() => {
              mark(...held);
              setHeld(null);
              getSelection()?.removeAllRanges();
            }}
          >
            {t("mark_as", { title: titles.get(label) ?? label })}
          </Button>
        </div>
      ) : null}
      {notice ? <p className="error">{notice}</p> : null}
      <SpanList spans={spans} labels={question.labels} chosen={chosenKey} textOf={textOf} isReadOnly={isReadOnly} onChoose={(span) => setChosenKey(keyOfSpan(span))} onKey={onMarkKey} />
      {isReadOnly ? null : (
        <MarkTools
          labels={question.labels}
          label={chosen?.label}
          names={{ label: t("label_of_mark", { title: chosen ? textOf(chosen) : "" }), remove: t("remove_mark") }}
          steps={steps}
          onLabel={(value) => {
            if (chosen) change(chosen, { ...chosen, label: value });
          }}
          onRemove={() => {
            if (chosen) remove(chosen);
          }}
        />
      )}
      {question.required !== false && !question.min ? (
        <div className="kept" data-idle={spans.length > 0}>
          <Nothing label={t("nothing_to_mark")} answer={answer} onChange={(next) => steps.set(next)} isReadOnly={isReadOnly} />
        </div>
      ) : null}
    </div>
  );
}
