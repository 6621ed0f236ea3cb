// Ranking by dragging, by buttons, and by keys: Alt+↑ and Alt+↓ move, Alt+= ties with the one above.
import { useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import { useTranslation } from "react-i18next";
import { formatNumber } from "../../i18n/format";
import { Button } from "../../ui";
import { Markdown } from "../markdown";
import { shownTitle, textAt, type RankingQuestion } from "../template";
import type { QuestionProps } from "./props";
import { moved, tied, toGroups, toRows, type RankRow } from "./ranks";

export function Ranking({ question, answer, onChange, payload, labelId, isReadOnly }: QuestionProps<RankingQuestion, string[][]>) {
  const { t } = useTranslation("task");
  const list = useRef<HTMLOListElement>(null);
  const [dragged, setDragged] = useState<string | null>(null);
  const [said, say] = useState("");
  const rows = toRows(answer ?? question.options.map((option) => [option.value]));
  const options = new Map(question.options.map((option) => [option.value, option]));
  const change = (next: RankRow[]) => onChange(toGroups(next));
  const move = (value: string, to: number) => {
    const next = moved(rows, value, to);
    change(next);
    const place = next.find((row) => row.value === value)?.place ?? 0;
    say(t("ranked_at", { title: shownTitle(options.get(value) ?? {}), place }));
  };
  const onKey = (event: KeyboardEvent, index: number, value: string) => {
    if (!event.altKey || isReadOnly) return;
    if (event.key === "ArrowUp" && index > 0) move(value, index - 1);
    else if (event.key === "ArrowDown" && index < rows.length - 1) move(value, index + 1);
    else if (event.key === "=" && question.ties && index > 0) change(tied(rows, index));
    else return;
    event.preventDefault();
  };
  const onDrag = (event: PointerEvent) => {
    if (!dragged || !list.current) return;
    const places = [...list.current.children].map((child) => child.getBoundingClientRect());
    const over = places.findIndex((place) => event.clientY < place.top + place.height / 2);
    const to = over < 0 ? rows.length - 1 : over;
    const from = rows.findIndex((row) => row.value === dragged);
    const target = to > from ? to - (over < 0 ? 0 : 1) : to;
    if (target !== from) move(dragged, target);
  };
  return (
    <div className="stack tight">
      <ol className="ranking" ref={list} aria-labelledby={labelId}>
        {rows.map(({ value, place, isTied }, index) => {
          const option = options.get(value);
          const title = shownTitle(option ?? { value });
          return (
            <li key={value} data-dragged={value === dragged} data-tied={isTied} onKeyDown={(event) => onKey(event, index, value)}>
              <span
                className="grip"
                aria-hidden="true"
                onPointerDown={(event) => {
                  if (isReadOnly) return;
                  event.currentTarget.setPointerCapture(event.pointerId);
                  setDragged(value);
                }}
                onPointerMove={onDrag}
                onPointerUp={() => setDragged(null)}
                onPointerCancel={() => setDragged(null)}
              >
                ⠿
              </span>
              <span className="place number">{formatNumber(place)}</span>
              <div className="grow">
                <span dir="auto">{title}</span>
                {option?.path ? <Markdown text={textAt(payload, option.path)} /> : null}
              </div>
              {isReadOnly ? null : (
                <div className="row">
                  {question.ties && index > 0 ? (
                    <Button size="s" kind="quiet" aria-label={t("tie_with_above", { title })} onPress={() => change(tied(rows, index))}>
                      {isTied ? "≠" : "="}
                    </Button>
                  ) : null}
                  <Button size="s" kind="quiet" isDisabled={index === 0} aria-label={t("move_up", { title })} onPress={() => move(value, index - 1)}>
                    ↑
                  </Button>
                  <Button size="s" kind="quiet" isDisabled={index === rows.length - 1} aria-label={t("move_down", { title })} onPress={() => move(value, index + 1)}>
                    ↓
                  </Button>
                </div>
              )}
            </li>
          );
        })}
      </ol>
      <span className="sr-only" aria-live="polite">
        {said}
      </span>
      {!answer && !isReadOnly ? (
        <div>
          <Button size="s" onPress={() => change(rows)}>
            {t("order_is_right")}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
