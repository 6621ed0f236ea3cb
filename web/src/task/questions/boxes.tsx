// Boxes on a picture: drawn, moved and pulled with a pointer, or by keys alone. A box is kept as shares of the picture, from its
// left upper corner, whichever way the page is written.
import { useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import { useTranslation } from "react-i18next";
import { formatNumber } from "../../i18n/format";
import { Button } from "../../ui";
import { safeAddress } from "../display";
import { shownTitle, textAt, type Box, type BoxesQuestion } from "../template";
import { BoxHandles, kBoxMoves, placeOf } from "./box_handles";
import { between, isDot, moved, pulled, stepOf, type By, type Grip } from "./box_moves";
import { Nothing } from "./choice";
import { LabelBar } from "./label_bar";
import { MarkTools } from "./mark_tools";
import type { QuestionProps } from "./props";
import { useUndo } from "./undo";

type Place = readonly [number, number];
/** What the pointer is doing since it went down at `from`; `index`: the box that it went down on. */
type Gesture = { kind: "draw" | "move"; index: number | null; from: Place; to: Place } | { kind: "pull"; index: number; grip: Grip; from: Place; to: Place };

const kFirst: Omit<Box, "label"> = { x: 0.4, y: 0.4, width: 0.2, height: 0.2 };
const byOf = ({ from, to }: Gesture): By => [to[0] - from[0], to[1] - from[1]];

/** The boxes as a gesture would leave them. */
function after(boxes: readonly Box[], gesture: Gesture | null, label: string): Box[] {
  if (!gesture) return [...boxes];
  if (gesture.kind === "draw") return [...boxes, between(gesture.from, gesture.to, label)];
  const change = (box: Box) => (gesture.kind === "pull" ? pulled(box, gesture.grip, byOf(gesture)) : moved(box, byOf(gesture)));
  return boxes.map((box, at) => (at === gesture.index ? change(box) : box));
}

export function Boxes({ question, answer, onChange, payload, labelId, isReadOnly }: QuestionProps<BoxesQuestion, Box[]>) {
  const { t } = useTranslation("task");
  const picture = useRef<HTMLDivElement>(null);
  const [label, setLabel] = useState(question.labels[0]?.value ?? "");
  const [selected, setSelected] = useState<number | null>(null);
  const [gesture, setGesture] = useState<Gesture | null>(null);
  const steps = useUndo(answer, onChange);
  const boxes = answer ?? [];
  const order = question.labels.map((each) => each.value);
  const titles = new Map(question.labels.map((each) => [each.value, shownTitle(each)]));
  const set = (next: Box[], group?: string) => steps.set(next.length ? next : undefined, group);
  const change = (index: number, next: Box, group?: string) => set(boxes.map((each, at) => (at === index ? next : each)), group);
  // Once the change is on the page; without a box to go to, where one is added.
  const focusBox = (index: number) =>
    setTimeout(() => {
      const section = picture.current?.parentElement;
      (section?.querySelectorAll<HTMLElement>("button.box")[index] ?? section?.querySelector<HTMLElement>(".mark-tools button"))?.focus();
    });

  const place = (event: PointerEvent): Place => {
    const frame = picture.current?.getBoundingClientRect();
    if (!frame) return [0, 0];
    const share = (value: number, size: number) => Math.max(0, Math.min(1, value / size));
    return [share(event.clientX - frame.left, frame.width), share(event.clientY - frame.top, frame.height)];
  };
  const start = (event: PointerEvent, make: (from: Place) => Gesture) => {
    if (isReadOnly || event.button !== 0 || gesture) return;
    event.stopPropagation();
    picture.current?.setPointerCapture(event.pointerId);
    setGesture(make(place(event)));
  };
  const onDown = (event: PointerEvent) => {
    const button = (event.target as Element).closest("button.box");
    const index = button ? [...(picture.current?.querySelectorAll("button.box") ?? [])].indexOf(button) : null;
    start(event, (from) => ({ kind: index !== null && index === selected ? "move" : "draw", index, from, to: from }));
  };
  const onUp = (event: PointerEvent) => {
    if (!gesture) return;
    const done = { ...gesture, to: place(event) };
    setGesture(null);
    if (done.kind === "draw" && isDot(between(done.from, done.to, label))) {
      setSelected(done.index);
      if (done.index !== null) focusBox(done.index);
      return;
    }
    if (done.kind === "draw") setSelected(boxes.length);
    if (byOf(done).some((each) => each !== 0)) set(after(boxes, done, label));
    else if (done.index !== null && done.kind === "move") focusBox(done.index);
  };
  const remove = (index: number) => {
    set(boxes.filter((_, at) => at !== index));
    setSelected(boxes.length > 1 ? Math.min(index, boxes.length - 2) : null);
    focusBox(Math.min(index, boxes.length - 2));
  };
  const onKey = (event: KeyboardEvent, index: number, grip?: Grip) => {
    const box = boxes[index];
    const move = kBoxMoves[event.key];
    if (isReadOnly || !box || event.altKey) return;
    const relabelled = event.ctrlKey || event.metaKey ? undefined : question.labels.find((each) => each.shortcut === event.key.toLowerCase());
    if (move) {
      const by = stepOf(move, event.ctrlKey || event.metaKey);
      const held = grip ?? (event.shiftKey ? ([1, 1] as const) : undefined);
      change(index, held ? pulled(box, held, by) : moved(box, by), `${String(index)} ${String(held)}`);
    } else if (event.key === "Delete" || event.key === "Backspace") remove(index);
    else if (relabelled) change(index, { ...box, label: relabelled.value });
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const shown = after(boxes, gesture, label);
  const chosen = selected === null || isReadOnly || gesture?.kind === "draw" ? undefined : shown[selected];
  const chosenNumber = formatNumber((selected ?? 0) + 1);
  return (
    <div className="stack tight boxes">
      {isReadOnly ? null : <LabelBar labels={question.labels} active={label} onPick={setLabel} hint={t("boxes_hint")} keys={t("boxes_keys")} />}
      <div
        ref={picture}
        className="box-picture"
        dir="ltr"
        role="group"
        aria-labelledby={labelId}
        data-read-only={isReadOnly}
        // The focus goes where a press means it to go, not where a pull begins.
        onMouseDown={(event) => event.preventDefault()}
        onPointerDown={onDown}
        onPointerMove={(event) => {
          if (gesture) setGesture({ ...gesture, to: place(event) });
        }}
        onPointerUp={onUp}
        onPointerCancel={() => setGesture(null)}
      >
        <img src={safeAddress(textAt(payload, question.path))} alt={t("picture")} draggable={false} />
        {shown.map((box, index) => (
          <button
            key={index}
            type="button"
            className="box"
            data-series={(order.indexOf(box.label) % 6) + 1}
            data-at-top={box.y < 0.06 || undefined}
            aria-pressed={index === selected}
            aria-label={t("box_number", { number: index + 1, title: titles.get(box.label) ?? box.label })}
            style={placeOf(box.x, box.y, box.width, box.height)}
            onClick={() => setSelected(index)}
            onFocus={() => setSelected(index)}
            onKeyDown={(event) => onKey(event, index)}
          >
            <span dir="auto">{titles.get(box.label) ?? box.label}</span>
          </button>
        ))}
        {chosen && selected !== null ? (
          <BoxHandles
            box={chosen}
            number={selected + 1}
            onGrab={(grip, event) => start(event, (from) => ({ kind: "pull", index: selected, grip, from, to: from }))}
            onKey={(grip, event) => onKey(event, selected, grip)}
          />
        ) : null}
      </div>
      {isReadOnly ? null : (
        <MarkTools
          labels={question.labels}
          label={chosen?.label}
          names={{ label: t("label_of_box", { number: chosenNumber }), remove: t("remove_box", { number: chosenNumber }) }}
          steps={steps}
          onLabel={(value) => {
            const box = selected === null ? undefined : boxes[selected];
            if (selected !== null && box) change(selected, { ...box, label: value });
          }}
          onRemove={() => {
            if (selected !== null) remove(selected);
          }}
          before={
            <Button
              size="s"
              onPress={() => {
                set([...boxes, { ...kFirst, label }]);
                focusBox(boxes.length);
              }}
            >
              {t("add_box")}
            </Button>
          }
          after={
            <span className="muted small" role="status">
              {t("boxes_count", { count: boxes.length })}
            </span>
          }
        />
      )}
      {question.required !== false && !question.min ? (
        <div className="kept" data-idle={boxes.length > 0}>
          <Nothing label={t("nothing_to_mark")} answer={answer} onChange={(next) => steps.set(next)} isReadOnly={isReadOnly} />
        </div>
      ) : null}
    </div>
  );
}
