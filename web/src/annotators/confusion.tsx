// What is answered when the right answer is known or believed: a row for each right answer.
import { useTranslation } from "react-i18next";
import { formatPercent } from "../i18n/format";
import { ScrollBox } from "../ui";

interface ConfusionProps {
  classes: readonly string[];
  rows: readonly (readonly (number | null)[])[];
  /** What a class is called. */
  titleOf: (value: string) => string;
}

export function Confusion({ classes, rows, titleOf }: ConfusionProps) {
  const { t } = useTranslation("console");
  return (
    <div className="stack tight">
      <ScrollBox label={t("confusion")}>
        <table className="table confusion">
          <thead>
            <tr>
              <th scope="col">{t("right_answer")}</th>
              {classes.map((name) => (
                <th key={name} scope="col" className="number">
                  <bdi>{titleOf(name)}</bdi>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {classes.map((name, row) => (
              <tr key={name}>
                <th scope="row">
                  <bdi>{titleOf(name)}</bdi>
                </th>
                {classes.map((answer, column) => {
                  const share = rows[row]?.[column] ?? 0;
                  const tone = row === column ? "var(--good-soft)" : "var(--bad-soft)";
                  return (
                    <td key={answer} className="number" style={{ background: `color-mix(in srgb, ${tone} ${String(Math.round(100 * Math.sqrt(share)))}%, transparent)` }}>
                      {formatPercent(share, 0)}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      <p className="small muted">{t("confusion_text")}</p>
    </div>
  );
}
