// Below what is marked: what can be done with the chosen mark, and steps back.
import type { ReactNode } from "react";
import { Button } from "../../ui";
import { shownTitle, type Option } from "../template";
import { UndoButtons, type Undo } from "./undo";

interface MarkToolsProps {
  labels: readonly Option[];
  /** Of the chosen mark; undefined when none is. */
  label: string | undefined;
  /** What the two controls are called. */
  names: { label: string; remove: string };
  steps: Pick<Undo<unknown>, "undo" | "redo" | "canUndo" | "canRedo">;
  onLabel: (label: string) => void;
  onRemove: () => void;
  /** First and last in the row. */
  before?: ReactNode;
  after?: ReactNode;
}

export function MarkTools({ labels, label, names, steps, onLabel, onRemove, before, after }: MarkToolsProps) {
  return (
    <div className="row mark-tools">
      {before}
      <UndoButtons of={steps} />
      {after}
      {/* Its place is kept: nothing jumps when a mark is chosen. */}
      <span className="row kept" data-idle={label === undefined}>
        {labels.length > 1 ? (
          <select className="input rate" dir="auto" aria-label={names.label} value={label ?? ""} onChange={(event) => onLabel(event.target.value)}>
            {labels.map((each) => (
              <option key={each.value} value={each.value}>
                {shownTitle(each)}
              </option>
            ))}
          </select>
        ) : null}
        <Button size="s" kind="danger" onPress={onRemove}>
          {names.remove}
        </Button>
      </span>
    </div>
  );
}
