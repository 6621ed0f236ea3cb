// The marks of a text, in order: a press chooses one.
import type { KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { shownTitle, type Option, type Span } from "../template";
import { keyOfSpan } from "./span_moves";
import { seriesOf } from "./span_text";

interface SpanListProps {
  spans: readonly Span[];
  labels: readonly Option[];
  chosen: string | null;
  textOf: (span: Span) => string;
  isReadOnly: boolean | undefined;
  onChoose: (span: Span) => void;
  onKey: (span: Span, event: KeyboardEvent) => void;
}

export function SpanList({ spans, labels, chosen, textOf, isReadOnly, onChoose, onKey }: SpanListProps) {
  const { t } = useTranslation("task");
  const titles = new Map(labels.map((each) => [each.value, shownTitle(each)]));
  const inside = (span: Span) => (
    <>
      <bdi>{textOf(span)}</bdi>
      <span className="small muted" dir="auto">
        {titles.get(span.label) ?? span.label}
      </span>
    </>
  );
  return (
    <ul className="marks" aria-label={t("marked")}>
      {spans.map((span, index) => (
        <li key={index} data-series={seriesOf(labels, span.label)}>
          {isReadOnly ? (
            <span className="mark">{inside(span)}</span>
          ) : (
            <button type="button" className="mark" aria-pressed={keyOfSpan(span) === chosen} onClick={() => onChoose(span)} onFocus={() => onChoose(span)} onKeyDown={(event) => onKey(span, event)}>
              {inside(span)}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
