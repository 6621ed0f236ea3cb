// Below a picture: one more box, and what can be done with the chosen one.
import { useTranslation } from "react-i18next";
import { formatNumber } from "../../i18n/format";
import { Button } from "../../ui";
import { shownTitle, type Box, type Option } from "../template";
import { UndoButtons, type Undo } from "./undo";

interface BoxToolsProps {
  labels: readonly Option[];
  count: number;
  chosen: { box: Box; number: number } | undefined;
  steps: Undo<Box[]>;
  onAdd: () => void;
  onLabel: (label: string) => void;
  onRemove: () => void;
}

export function BoxTools({ labels, count, chosen, steps, onAdd, onLabel, onRemove }: BoxToolsProps) {
  const { t } = useTranslation("task");
  const number = chosen ? formatNumber(chosen.number) : formatNumber(1);
  return (
    <div className="row box-tools">
      <Button size="s" onPress={onAdd}>
        {t("add_box")}
      </Button>
      <span className="row kept" data-idle={!chosen}>
        {labels.length > 1 ? (
          <select className="input rate" dir="auto" aria-label={t("label_of_box", { number })} value={chosen?.box.label ?? ""} onChange={(event) => onLabel(event.target.value)}>
            {labels.map((label) => (
              <option key={label.value} value={label.value}>
                {shownTitle(label)}
              </option>
            ))}
          </select>
        ) : null}
        <Button size="s" kind="danger" onPress={onRemove}>
          {t("remove_box", { number })}
        </Button>
      </span>
      <UndoButtons of={steps} />
      <span className="muted small" role="status">
        {t("boxes_count", { count })}
      </span>
    </div>
  );
}
