import type { Box } from "../template";

/** Columns and rows: −1, 0 or 1 each. */
export type BoxMove = readonly [number, number];
const kStep = 0.01;
const kSmallest = 0.01;
const rounded = (value: number): number => Math.round(value * 1e5) / 1e5;

/** The box between two corners. */
export function between(one: readonly [number, number], other: readonly [number, number], label: string): Box {
  const [x, y] = [Math.min(one[0], other[0]), Math.min(one[1], other[1])];
  return { x: rounded(x), y: rounded(y), width: rounded(Math.abs(one[0] - other[0])), height: rounded(Math.abs(one[1] - other[1])), label };
}

/** Moves a box by a hundredth of the picture, or with `resizes` its far corner; it stays inside. */
export function nudged(box: Box, [columns, rows]: BoxMove, resizes: boolean): Box {
  if (resizes) {
    const width = Math.max(kSmallest, Math.min(1 - box.x, box.width + columns * kStep));
    const height = Math.max(kSmallest, Math.min(1 - box.y, box.height + rows * kStep));
    return { ...box, width: rounded(width), height: rounded(height) };
  }
  const x = Math.max(0, Math.min(1 - box.width, box.x + columns * kStep));
  const y = Math.max(0, Math.min(1 - box.height, box.y + rows * kStep));
  return { ...box, x: rounded(x), y: rounded(y) };
}
