// What became of an import: how many rows, and what is wrong with each that was refused.
import { useTranslation } from "react-i18next";
import { formatNumber } from "../i18n/format";
import { Button, detailOf, LinkButton, ProblemDetail, Table, useCodeText } from "../ui";
import type { ImportOutcome } from "./send";

interface OutcomeProps {
  projectId: string;
  outcome: ImportOutcome;
  isBusy: boolean;
  onSkip: () => void;
}

export function Outcome({ projectId, outcome, isBusy, onSkip }: OutcomeProps) {
  const { t } = useTranslation("console");
  const { counts, isRefused } = outcome;
  const good = counts.row_count - counts.bad_count;
  return (
    <div className="stack">
      <div className="notice" data-tone={isRefused ? "bad" : "good"} role={isRefused ? "alert" : "status"}>
        <strong>{isRefused ? t("import_refused") : t("import_done", { count: counts.created_count })}</strong>
        <span className="small">
          {t("import_counts", {
            rows: formatNumber(counts.row_count),
            created: formatNumber(isRefused ? 0 : counts.created_count),
            unchanged: formatNumber(counts.unchanged_count),
            bad: formatNumber(counts.bad_count),
          })}
        </span>
      </div>
      {counts.errors.length > 0 ? (
        <Table
          label={t("row_errors")}
          rows={counts.errors}
          keyOf={(error) => `${String(error.line)}${error.where}${error.code}`}
          columns={[
            { id: "line", title: t("line"), isNumber: true, cell: (error) => formatNumber(error.line) },
            { id: "where", title: t("where"), cell: (error) => <code dir="ltr">{error.where || "/"}</code> },
            { id: "detail", title: t("what_is_wrong"), cell: (error) => <RowProblem error={error} /> },
          ]}
        />
      ) : null}
      <div className="row">
        {isRefused && good > 0 ? (
          <Button isPending={isBusy} onPress={onSkip}>
            {t("import_good", { count: good })}
          </Button>
        ) : null}
        {isRefused ? null : (
          <>
            <LinkButton kind="primary" to={`/projects/${projectId}/tasks`}>
              {t("see_tasks")}
            </LinkButton>
            <LinkButton to={`/projects/${projectId}`}>{t("overview")}</LinkButton>
          </>
        )}
      </div>
    </div>
  );
}

function RowProblem({ error }: { error: ImportOutcome["counts"]["errors"][number] }) {
  const { title } = useCodeText()(error.code);
  return (
    <span className="stack tight">
      <span>{title}</span>
      <ProblemDetail text={detailOf(error)} />
    </span>
  );
}
