import type { Box } from "../template";

/** Columns and rows: −1, 0 or 1 each. */
export type BoxMove = readonly [number, number];
/** Where a box is held: 0 is its left or its top side, 1 the other one, and one half neither. */
export type Grip = readonly [0 | 0.5 | 1, 0 | 0.5 | 1];
/** Shares of the picture, to the right and down. */
export type By = readonly [number, number];

const kStep = 0.01;
const kFineStep = 0.001;
const kSmallest = 0.005;
const rounded = (value: number): number => Math.round(value * 1e5) / 1e5;
const within = (value: number, least: number, most: number): number => Math.max(least, Math.min(most, value));

/** The box between two corners. */
export function between(one: readonly [number, number], other: readonly [number, number], label: string): Box {
  const [x, y] = [Math.min(one[0], other[0]), Math.min(one[1], other[1])];
  return { x: rounded(x), y: rounded(y), width: rounded(Math.abs(one[0] - other[0])), height: rounded(Math.abs(one[1] - other[1])), label };
}

/** Too small to be meant: a press, not a pull. */
export const isDot = (box: Box): boolean => box.width < kSmallest || box.height < kSmallest;

/** A side from `start` to `end`, pulled at one end: never inside out, never outside the picture. */
function side(start: number, end: number, at: Grip[0], by: number): [number, number] {
  if (at === 0.5) return [start, end];
  return at === 1 ? [start, within(end + by, start + kSmallest, 1)] : [within(start + by, 0, end - kSmallest), end];
}

/** The box pulled at a corner or at a side; what lies opposite stays. */
export function pulled(box: Box, [column, row]: Grip, [right, down]: By): Box {
  const [left, rightmost] = side(box.x, box.x + box.width, column, right);
  const [top, bottom] = side(box.y, box.y + box.height, row, down);
  return { ...box, x: rounded(left), y: rounded(top), width: rounded(rightmost - left), height: rounded(bottom - top) };
}

/** The box as large as it is, elsewhere in the picture. */
export function moved(box: Box, [right, down]: By): Box {
  return { ...box, x: rounded(within(box.x + right, 0, 1 - box.width)), y: rounded(within(box.y + down, 0, 1 - box.height)) };
}

/** How far an arrow goes: a hundredth of the picture, or a thousandth. */
export function stepOf([columns, rows]: BoxMove, isFine: boolean): By {
  const step = isFine ? kFineStep : kStep;
  return [columns * step, rows * step];
}
