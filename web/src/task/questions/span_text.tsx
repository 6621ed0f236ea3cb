// A text with its marks: each has a line of its own below the words it covers.
import { memo } from "react";
import { shownTitle, type Option, type Span } from "../template";
import { piecesOf } from "./code_points";
import { keyOfSpan, lanesOf } from "./span_moves";

interface SpanPiecesProps {
  points: readonly string[];
  spans: readonly Span[];
  labels: readonly Option[];
  chosen: string | null;
  cursor: readonly [number, number] | null;
}

const kLaneHeight = 4;
export const seriesOf = (labels: readonly Option[], label: string): number => (labels.findIndex((each) => each.value === label) % 6) + 1;

export const SpanPieces = memo(function SpanPieces({ points, spans, labels, chosen, cursor }: SpanPiecesProps) {
  const titles = new Map(labels.map((each) => [each.value, shownTitle(each)]));
  const lanes = lanesOf(spans);
  const linesOf = (own: readonly Span[]): React.CSSProperties => {
    const colour = (span: Span) => `var(--series-${String(seriesOf(labels, span.label))})`;
    const deepest = Math.max(...own.map((span) => lanes.get(span) ?? 0));
    return {
      backgroundImage: own.map((span) => `linear-gradient(${colour(span)}, ${colour(span)})`).join(", "),
      backgroundPosition: own.map((span) => `0 calc(100% - ${String((deepest - (lanes.get(span) ?? 0)) * kLaneHeight)}px)`).join(", "),
      paddingBlockEnd: `calc(0.15em + ${String(deepest * kLaneHeight)}px)`,
    };
  };
  const pieces = piecesOf(points, cursor ? [...spans, { start: cursor[0], end: cursor[1], label: "" }] : spans);
  return pieces.map((piece) => {
    const own = piece.spans.filter((span) => span.label);
    const top = own.find((span) => keyOfSpan(span) === chosen) ?? own.at(-1);
    return (
      <span
        key={piece.start}
        data-start={piece.start}
        data-series={top ? seriesOf(labels, top.label) : undefined}
        data-chosen={own.some((span) => keyOfSpan(span) === chosen) || undefined}
        data-cursor={own.length < piece.spans.length || undefined}
        data-ends={own.filter((span) => span.end === piece.end).map((span) => titles.get(span.label) ?? span.label).join(", ") || undefined}
        style={own.length ? linesOf(own) : undefined}
      >
        {piece.text}
      </span>
    );
  });
});
