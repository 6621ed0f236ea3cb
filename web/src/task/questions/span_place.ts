// From offsets of a text to places on the screen, and back. Pieces of the text carry their offset in `data-start`.
import type { End } from "./span_moves";
import { pointsIn } from "./code_points";

const kRtl = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const kLtr = /[\p{L}\p{N}]/u;

/** Where a place in the page lies, in code points of the whole text. */
export function offsetOf(node: Node, units: number): number | null {
  const piece = (node instanceof Element ? node : node.parentElement)?.closest<HTMLElement>("[data-start]");
  if (!piece) return null;
  const inside = node instanceof Element ? (units === 0 ? 0 : piece.textContent.length) : units;
  return Number(piece.dataset["start"]) + pointsIn(piece.textContent, inside);
}

/** The ends of what is selected inside an element, in order. */
export function selectedIn(box: Element | null): [number, number] | null {
  const selection = getSelection();
  if (!box || !selection || selection.isCollapsed || !selection.anchorNode || !selection.focusNode) return null;
  if (!box.contains(selection.anchorNode) || !box.contains(selection.focusNode)) return null;
  const one = offsetOf(selection.anchorNode, selection.anchorOffset);
  const other = offsetOf(selection.focusNode, selection.focusOffset);
  return one === null || other === null ? null : [Math.min(one, other), Math.max(one, other)];
}

/** The offset nearest to a point of the window; null outside the text. */
export function offsetAt(x: number, y: number, box: Element): number | null {
  const place = document.caretPositionFromPoint?.(x, y);
  if (place) return box.contains(place.offsetNode) ? offsetOf(place.offsetNode, place.offset) : null;
  // eslint-disable-next-line -- Safari has this one alone.
  const range = document.caretRangeFromPoint(x, y);
  return range && box.contains(range.startContainer) ? offsetOf(range.startContainer, range.startOffset) : null;
}

function rangeOf(box: Element, start: number, end: number): Range | null {
  const piece = [...box.querySelectorAll<HTMLElement>("[data-start]")].findLast((each) => Number(each.dataset["start"]) <= start);
  const node = piece?.firstChild;
  if (!piece || !node) return null;
  const points = Array.from(piece.textContent);
  const units = (offset: number) => points.slice(0, offset - Number(piece.dataset["start"])).join("").length;
  const range = document.createRange();
  range.setStart(node, units(start));
  range.setEnd(node, units(end));
  return range;
}

export interface EndPlace {
  x: number;
  y: number;
  height: number;
}

/** Where the letter [from, to) has its `side`, from the corner of the box: a word of Arabic ends at its left. */
export function placeOfEnd(box: Element, [from, to]: readonly [number, number], side: End): EndPlace | null {
  const range = rangeOf(box, from, to);
  const rects = range?.getClientRects();
  const rect = side === "start" ? rects?.[0] : rects?.[rects.length - 1];
  if (!range || !rect) return null;
  const letter = range.toString();
  const isRtl = kRtl.test(letter) || (!kLtr.test(letter) && getComputedStyle(box).direction === "rtl");
  const frame = box.getBoundingClientRect();
  return { x: (isRtl === (side === "start") ? rect.right : rect.left) - frame.left, y: rect.top - frame.top, height: rect.height };
}
