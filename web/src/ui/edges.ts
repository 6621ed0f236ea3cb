// What scrolls sideways says so: its edge fades where more follows (styles: [data-more]).
import { useEffect, type RefObject } from "react";

function mark(box: HTMLElement): void {
  const hidden = box.scrollWidth - box.clientWidth;
  // From right to left, scrollLeft counts down from nought.
  const passed = Math.abs(box.scrollLeft);
  const before = hidden > 1 && passed > 1;
  const after = hidden > 1 && passed < hidden - 1;
  if (before || after) box.dataset.more = before && after ? "both" : before ? "before" : "after";
  else delete box.dataset.more;
}

export function useEdges(ref: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const box = ref.current;
    if (!box) return;
    const look = () => mark(box);
    const sizes = new ResizeObserver(look);
    sizes.observe(box);
    if (box.firstElementChild) sizes.observe(box.firstElementChild);
    box.addEventListener("scroll", look, { passive: true });
    look();
    return () => {
      sizes.disconnect();
      box.removeEventListener("scroll", look);
    };
  }, [ref]);
}

/** Brings a part of a box that scrolls sideways to its middle, without moving the page. */
export function scrollToMiddle(box: HTMLElement, part: HTMLElement): void {
  const [outer, inner] = [box.getBoundingClientRect(), part.getBoundingClientRect()];
  box.scrollLeft += inner.x + inner.width / 2 - (outer.x + outer.width / 2);
}
