// The two ends of the chosen mark: pulled with a pointer, or moved by keys, a letter or (with Shift) a word at a time.
import { useEffect, useLayoutEffect, useState, type KeyboardEvent, type PointerEvent, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import type { Span } from "../template";
import type { End, Stops } from "./span_moves";
import { offsetAt, placeOfEnd, type EndPlace } from "./span_place";

const kEnds = ["start", "end"] as const;

interface SpanHandlesProps {
  text: RefObject<HTMLDivElement | null>;
  span: Span;
  title: string;
  letters: Stops;
  onPull: (end: End, at: number, isDone: boolean) => void;
  onKey: (end: End, event: KeyboardEvent) => void;
}

export function SpanHandles({ text, span, title, letters, onPull, onKey }: SpanHandlesProps) {
  const { t } = useTranslation("task");
  const [places, setPlaces] = useState<Partial<Record<End, EndPlace | null>>>({});
  const [, setWidth] = useState(0);
  const [grab, setGrab] = useState<{ end: End; x: number; y: number } | null>(null);
  useEffect(() => {
    if (!text.current) return;
    const look = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? 0));
    look.observe(text.current);
    return () => look.disconnect();
  }, [text]);
  // After every change of the text: a label that is added elsewhere moves the words too.
  useLayoutEffect(() => {
    const box = text.current;
    if (!box) return;
    const letterFrom = (at: number) => [at, letters.find((bound) => bound > at) ?? at] as const;
    const letterTo = (at: number) => [letters.findLast((bound) => bound < at) ?? at, at] as const;
    const next = { start: placeOfEnd(box, letterFrom(span.start), "start"), end: placeOfEnd(box, letterTo(span.end), "end") };
    setPlaces((before) => (JSON.stringify(before) === JSON.stringify(next) ? before : next));
  });
  const onMove = (event: PointerEvent, isDone: boolean) => {
    if (!grab || !text.current) return;
    const at = offsetAt(event.clientX + grab.x, event.clientY + grab.y, text.current);
    if (isDone) setGrab(null);
    onPull(grab.end, at ?? span[grab.end], isDone);
  };
  return kEnds.map((end) => {
    const place = places[end];
    if (!place) return null;
    return (
      <button
        key={end}
        type="button"
        className="span-handle"
        data-end={end}
        data-grabbed={grab?.end === end || undefined}
        aria-label={t(end === "start" ? "mark_start" : "mark_end", { title })}
        style={{ left: `${String(place.x)}px`, top: `${String(place.y)}px`, height: `${String(place.height + 12)}px` }}
        onKeyDown={(event) => onKey(end, event)}
        onPointerDown={(event) => {
          const frame = text.current?.getBoundingClientRect();
          if (event.button !== 0 || !frame) return;
          event.preventDefault();
          event.currentTarget.focus();
          event.currentTarget.setPointerCapture(event.pointerId);
          // What counts is the middle of the line, not the handle's knob below it.
          setGrab({ end, x: frame.left + place.x - event.clientX, y: frame.top + place.y + place.height / 2 - event.clientY });
        }}
        onPointerMove={(event) => onMove(event, false)}
        onPointerUp={(event) => onMove(event, true)}
        onPointerCancel={() => {
          setGrab(null);
          onPull(end, span[end], true);
        }}
      />
    );
  });
}
