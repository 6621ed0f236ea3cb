// Boxes on a picture: drawn with a pointer, or added and moved by keys. A box is kept as shares of the picture.
import { useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import { useTranslation } from "react-i18next";
import { formatNumber } from "../../i18n/format";
import { Button } from "../../ui";
import { safeAddress } from "../display";
import { shownTitle, textAt, type Box, type BoxesQuestion } from "../template";
import { between, nudged, type BoxMove } from "./box_moves";
import { Nothing } from "./choice";
import { LabelBar } from "./label_bar";
import type { QuestionProps } from "./props";

const kSmallest = 0.005;
const kMoves: Record<string, BoxMove> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export function Boxes({ question, answer, onChange, payload, labelId, isReadOnly }: QuestionProps<BoxesQuestion, Box[]>) {
  const { t } = useTranslation("task");
  const picture = useRef<HTMLDivElement>(null);
  const [label, setLabel] = useState(question.labels[0]?.value ?? "");
  const [selected, setSelected] = useState<number | null>(null);
  const [drawn, setDrawn] = useState<{ from: [number, number]; to: [number, number] } | null>(null);
  const boxes = answer ?? [];
  const order = question.labels.map((each) => each.value);
  const titles = new Map(question.labels.map((each) => [each.value, shownTitle(each)]));
  const set = (next: Box[]) => onChange(next.length ? next : undefined);

  const place = (event: PointerEvent): [number, number] => {
    const frame = picture.current?.getBoundingClientRect();
    if (!frame) return [0, 0];
    const share = (value: number, size: number) => Math.max(0, Math.min(1, value / size));
    return [share(event.clientX - frame.left, frame.width), share(event.clientY - frame.top, frame.height)];
  };
  const onUp = () => {
    if (!drawn) return;
    const box = between(drawn.from, drawn.to, label);
    setDrawn(null);
    if (box.width < kSmallest || box.height < kSmallest) return;
    set([...boxes, box]);
    setSelected(boxes.length);
  };
  const onKey = (event: KeyboardEvent, index: number) => {
    const box = boxes[index];
    const move = kMoves[event.key];
    if (isReadOnly || !box) return;
    if (move) set(boxes.map((each, at) => (at === index ? nudged(box, move, event.shiftKey) : each)));
    else if (event.key === "Delete" || event.key === "Backspace") set(boxes.filter((_, at) => at !== index));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const shown = drawn ? [...boxes, between(drawn.from, drawn.to, label)] : boxes;
  return (
    <div className="stack tight boxes">
      {isReadOnly ? null : <LabelBar labels={question.labels} active={label} onPick={setLabel} hint={t("boxes_hint")} />}
      <div
        ref={picture}
        className="box-picture"
        dir="ltr"
        role="group"
        aria-labelledby={labelId}
        onPointerDown={(event) => {
          if (isReadOnly || event.button !== 0 || (event.target as Element).closest("button")) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          setDrawn({ from: place(event), to: place(event) });
        }}
        onPointerMove={(event) => {
          if (drawn) setDrawn({ ...drawn, to: place(event) });
        }}
        onPointerUp={onUp}
        onPointerCancel={() => setDrawn(null)}
      >
        <img src={safeAddress(textAt(payload, question.path))} alt={t("picture")} draggable={false} />
        {shown.map((box, index) => (
          <button
            key={index}
            type="button"
            className="box"
            data-series={(order.indexOf(box.label) % 6) + 1}
            aria-pressed={index === selected}
            aria-label={t("box_number", { number: index + 1, title: titles.get(box.label) ?? box.label })}
            style={{ left: `${String(box.x * 100)}%`, top: `${String(box.y * 100)}%`, width: `${String(box.width * 100)}%`, height: `${String(box.height * 100)}%` }}
            onClick={() => setSelected(index)}
            onFocus={() => setSelected(index)}
            onKeyDown={(event) => onKey(event, index)}
          >
            <span dir="auto">{titles.get(box.label)}</span>
          </button>
        ))}
      </div>
      {isReadOnly ? null : (
        <div className="row">
          <Button size="s" onPress={() => set([...boxes, { x: 0.4, y: 0.4, width: 0.2, height: 0.2, label }])}>
            {t("add_box")}
          </Button>
          {selected !== null && boxes[selected] ? (
            <Button
              size="s"
              kind="danger"
              onPress={() => {
                set(boxes.filter((_, at) => at !== selected));
                setSelected(null);
              }}
            >
              {t("remove_box", { number: formatNumber(selected + 1) })}
            </Button>
          ) : null}
          <span className="muted small">{t("boxes_count", { count: boxes.length })}</span>
        </div>
      )}
      {question.required !== false && !question.min && !boxes.length ? (
        <Nothing label={t("nothing_to_mark")} answer={answer} onChange={onChange} isReadOnly={isReadOnly} />
      ) : null}
    </div>
  );
}
