// Which rows of a vast table are on the screen, and where they are drawn.

/** Browsers draw nothing beyond some 17 million pixels. */
export const kTallest = 12_000_000;
const kSpare = 8; // rows above and below the screen that are drawn too

interface WindowInput {
  count: number;
  rowHeight: number;
  scrolled: number;
  visible: number;
}

export interface RowWindow {
  /** Of all rows, as the scroll bar has it. */
  height: number;
  first: number;
  last: number;
  /** How many rows are drawn at most. */
  slots: number;
  /** Where a row is drawn. */
  top: (index: number) => number;
  /** How far to scroll for a row to stand on top. */
  scrollTo: (index: number) => number;
}

export function windowOf({ count, rowHeight, scrolled, visible }: WindowInput): RowWindow {
  const whole = count * rowHeight;
  const height = Math.min(whole, kTallest);
  // A step of the scroll bar is so many pixels of rows: 1 unless there are too many of them.
  const scale = height > visible ? (whole - visible) / (height - visible) : 1;
  const clipped = Math.min(Math.max(0, scrolled), Math.max(0, height - visible));
  const offset = clipped * scale;
  const onTop = Math.floor(offset / rowHeight);
  return {
    height,
    first: Math.max(0, onTop - kSpare),
    slots: Math.ceil(visible / rowHeight) + 2 * kSpare + 1,
    last: Math.min(count - 1, onTop + Math.ceil(visible / rowHeight) + kSpare),
    top: (index) => clipped + index * rowHeight - offset,
    scrollTo: (index) => Math.min((Math.max(0, index) * rowHeight) / scale, Math.max(0, height - visible)),
  };
}
