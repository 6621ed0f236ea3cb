// Where the chosen box is pulled: at its sides with a pointer, at its corners also with arrows.
import type { KeyboardEvent, PointerEvent } from "react";
import { useTranslation } from "react-i18next";
import type { Box } from "../template";
import type { BoxMove, Grip } from "./box_moves";

const kSides: readonly Grip[] = [[0.5, 0], [1, 0.5], [0.5, 1], [0, 0.5]];
const kCorners = [
  { grip: [0, 0], name: "corner_top_left" },
  { grip: [1, 0], name: "corner_top_right" },
  { grip: [1, 1], name: "corner_bottom_right" },
  { grip: [0, 1], name: "corner_bottom_left" },
] as const;
export const kBoxMoves: Record<string, BoxMove> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** Where something on the picture stands. */
export const placeOf = (x: number, y: number, width = 0, height = 0): React.CSSProperties => {
  const share = (value: number) => `${String(value * 100)}%`;
  return { left: share(x), top: share(y), ...(width ? { width: share(width) } : {}), ...(height ? { height: share(height) } : {}) };
};

interface BoxHandlesProps {
  box: Box;
  number: number;
  onGrab: (grip: Grip, event: PointerEvent) => void;
  onKey: (grip: Grip, event: KeyboardEvent) => void;
}

export function BoxHandles({ box, number, onGrab, onKey }: BoxHandlesProps) {
  const { t } = useTranslation("task");
  return (
    <>
      {kSides.map((grip) => (
        <span
          key={grip.join()}
          className="box-side"
          data-grip={grip.join()}
          style={placeOf(
            box.x + (grip[1] === 0.5 ? grip[0] * box.width : 0),
            box.y + (grip[0] === 0.5 ? grip[1] * box.height : 0),
            grip[0] === 0.5 ? box.width : 0,
            grip[1] === 0.5 ? box.height : 0,
          )}
          onPointerDown={(event) => onGrab(grip, event)}
        />
      ))}
      {kCorners.map(({ grip, name }) => (
        <button
          key={name}
          type="button"
          className="box-handle"
          data-grip={grip.join()}
          aria-label={t(name, { number })}
          style={placeOf(box.x + grip[0] * box.width, box.y + grip[1] * box.height)}
          onPointerDown={(event) => onGrab(grip, event)}
          onKeyDown={(event) => onKey(grip, event)}
        />
      ))}
    </>
  );
}
