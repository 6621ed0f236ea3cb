// Spans count Unicode code points, as Python does; strings of JavaScript count UTF-16 units.
import type { Span } from "../template";

export const toPoints = (text: string): string[] => Array.from(text);

/** Code points in the first `units` UTF-16 units of a text. */
export const pointsIn = (text: string, units: number): number => Array.from(text.slice(0, units)).length;

/** A stretch of text with the labels that lie on it; pieces follow one another without a gap. */
export interface Piece {
  start: number;
  end: number;
  text: string;
  spans: Span[];
}

export function piecesOf(points: readonly string[], spans: readonly Span[]): Piece[] {
  const bounds = [...new Set([0, points.length, ...spans.flatMap((span) => [span.start, span.end])])].sort((a, b) => a - b);
  return bounds.slice(0, -1).map((start, index) => {
    const end = bounds[index + 1] ?? points.length;
    return { start, end, text: points.slice(start, end).join(""), spans: spans.filter((span) => span.start < end && span.end > start) };
  });
}

/** Without spaces at its ends: who drags a selection rarely means them. */
export function trimmed(points: readonly string[], start: number, end: number): [number, number] {
  let [from, to] = [start, end];
  while (from < to && /\s/u.test(points[from] ?? "")) from++;
  while (to > from && /\s/u.test(points[to - 1] ?? "")) to--;
  return [from, to];
}

/** Adds a span, in order; null when it is empty, there already, or would lie on another where that is not allowed. */
export function withSpan(spans: readonly Span[], added: Span, mayOverlap: boolean): Span[] | null {
  const isThere = spans.some((span) => span.start === added.start && span.end === added.end && span.label === added.label);
  const isOver = spans.some((span) => span.start < added.end && span.end > added.start);
  if (added.start >= added.end || isThere || (isOver && !mayOverlap)) return null;
  return [...spans, added].sort((a, b) => a.start - b.start || a.end - b.end);
}

/** Words as [start, end) in code points, for marking by keys. */
export function wordsOf(text: string): [number, number][] {
  const words: [number, number][] = [];
  let at = 0;
  for (const { segment, isWordLike } of new Intl.Segmenter(undefined, { granularity: "word" }).segment(text)) {
    const length = Array.from(segment).length;
    if (isWordLike) words.push([at, at + length]);
    at += length;
  }
  return words;
}
