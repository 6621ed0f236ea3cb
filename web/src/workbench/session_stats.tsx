import { useTranslation } from "react-i18next";
import { formatDuration, formatNumber } from "../i18n/format";
import { Badge } from "../ui";
import type { DeskState } from "./desk";

/** How the work goes, in one line. */
export function SessionStats({ state }: { state: DeskState }) {
  const { t } = useTranslation("workbench");
  const pending = state.waiting.filter((each) => each.refused === null).length;
  return (
    <div className="session-stats small" aria-label={t("session")} role="group">
      <span>
        {t("answered")} <strong className="number">{formatNumber(state.answered)}</strong>
      </span>
      <span>
        {t("per_task")} <strong className="number">{state.answered ? formatDuration(state.workedMs / 1000 / state.answered) : "–"}</strong>
      </span>
      <span>
        {t("worked")} <strong className="number">{formatDuration(state.workedMs / 1000)}</strong>
      </span>
      {state.skipped ? (
        <span>
          {t("skipped")} <strong className="number">{formatNumber(state.skipped)}</strong>
        </span>
      ) : null}
      <span className="grow" />
      <span role="status">
        {state.isAway ? <Badge tone="warn">{t("away", { count: pending })}</Badge> : pending ? <Badge>{t("sending", { count: pending })}</Badge> : <Badge tone="good">{t("all_sent")}</Badge>}
      </span>
    </div>
  );
}
