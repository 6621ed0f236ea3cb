// Marks of a text: which ends they may have, and where they are drawn when they lie on one another.
import type { Span } from "../template";
import { withSpan } from "./code_points";

export type End = "start" | "end";
/** Where an end may stand, in order: bounds of letters, or of words. */
export type Stops = readonly number[];

export const keyOfSpan = (span: Span): string => `${String(span.start)}-${String(span.end)}-${span.label}`;

/** Bounds of letters in code points: never between a letter and the marks on it. */
export function lettersOf(text: string): number[] {
  const bounds = [0];
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(text)) bounds.push((bounds.at(-1) ?? 0) + Array.from(segment).length);
  return bounds;
}

/** The letters that a selection touches, whole. */
export function snapped(letters: Stops, start: number, end: number): [number, number] {
  return [letters.findLast((bound) => bound <= start) ?? 0, letters.find((bound) => bound >= end) ?? end];
}

/** The span with one end at the next stop, forth or back; undefined when there is none or nothing would be left. */
export function endMoved(span: Span, end: End, isForth: boolean, stops: Stops): Span | undefined {
  const at = isForth ? stops.find((bound) => bound > span[end]) : stops.findLast((bound) => bound < span[end]);
  return at === undefined ? undefined : endAt(span, end, at);
}

export function endAt(span: Span, end: End, at: number): Span | undefined {
  const next = { ...span, [end]: at };
  return next.start < next.end && at !== span[end] ? next : undefined;
}

/** The spans with one in the place of another; null when it may not lie there. */
export function withChanged(spans: readonly Span[], old: Span, next: Span, mayOverlap: boolean): Span[] | null {
  return withSpan(
    spans.filter((span) => span !== old),
    next,
    mayOverlap,
  );
}

/** A line for each span below the text, so that lines of spans that overlap do not: span → number of its line. */
export function lanesOf(spans: readonly Span[]): Map<Span, number> {
  const lanes = new Map<Span, number>();
  for (const span of spans.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const taken = new Set([...lanes].filter(([other]) => other.start < span.end && other.end > span.start).map(([, lane]) => lane));
    let lane = 0;
    while (taken.has(lane)) lane++;
    lanes.set(span, lane);
  }
  return lanes;
}

/** Which of the marks under a press is meant: the shortest, and with each further press the next one. */
export function pressed(under: readonly Span[], chosen: string | null): Span | undefined {
  const sorted = under.toSorted((a, b) => a.end - a.start - (b.end - b.start));
  return sorted[(sorted.findIndex((span) => keyOfSpan(span) === chosen) + 1) % Math.max(1, sorted.length)];
}
