import { useTranslation } from "react-i18next";
import { api, take } from "../api/client";
import { useRead } from "../api/query";
import { formatDuration, formatNumber } from "../i18n/format";
import { Badge, Empty, Loaded, Table, Whisker } from "../ui";
import { useAnnotatorName } from "../project/annotator_names";
import { useAnnotators } from "../suppliers/annotators";
import { intervalText, isKnown, kUnknown, shareText, type Card } from "../suppliers/figures";

interface AnnotatorQualityProps {
  projectId: string;
  supplierId: string;
}

/** The supplier's own annotators, the best first. */
export function AnnotatorQuality({ projectId, supplierId }: AnnotatorQualityProps) {
  const { t } = useTranslation(["portal", "suppliers"]);
  const params = { path: { project_id: projectId } };
  const cards = useRead(["annotator_scorecards", projectId], () => take(api.GET("/api/v1/projects/{project_id}/annotators/scorecards", { params })), { staleTime: 60_000 });
  const annotators = useAnnotators(supplierId);
  const annotatorName = useAnnotatorName();
  const nameOf = (id: string | null) => annotatorName(annotators.data?.find((row) => row.annotator_id === id) ?? id ?? "");
  return (
    <Loaded query={cards}>
      {(found) => {
        const rows = found.annotators.filter((card) => card.supplier_id === supplierId).sort((a, b) => (b.accuracy ?? -1) - (a.accuracy ?? -1));
        if (!rows.length) return <Empty title={t("nothing_weighed")} text={t("nothing_weighed_text")} />;
        return (
          <Table
            label={t("annotators")}
            rows={rows}
            keyOf={(row) => row.annotator_id ?? ""}
            columns={[
              { id: "name", title: t("suppliers:contributor"), cell: (row) => <bdi>{nameOf(row.annotator_id)}</bdi> },
              { id: "accuracy", title: t("suppliers:accuracy"), cell: (row) => <Accuracy card={row} /> },
              { id: "labels", title: t("label_count"), isNumber: true, cell: (row) => <bdi>{formatNumber(row.label_count)}</bdi> },
              { id: "gold", title: t("suppliers:gold"), cell: (row) => <bdi>{row.gold_label_count ? t("suppliers:of_gold", { right: formatNumber(row.gold_correct_count), all: formatNumber(row.gold_label_count) }) : kUnknown}</bdi> },
              { id: "rework", title: t("suppliers:rework"), isNumber: true, cell: (row) => <bdi>{shareText(row.rework_rate)}</bdi> },
              { id: "speed", title: t("suppliers:speed"), isNumber: true, cell: (row) => <bdi>{row.mean_seconds === null ? kUnknown : formatDuration(row.mean_seconds)}</bdi> },
              {
                id: "flags",
                title: t("suppliers:flags"),
                cell: (row) => (
                  <span className="row">
                    {row.flags.length ? row.flags.map((flag) => <Badge key={flag} tone="bad">{t(`suppliers:flag_${flag}`)}</Badge>) : <Badge tone="good">{t("suppliers:no_flag")}</Badge>}
                  </span>
                ),
              },
            ]}
          />
        );
      }}
    </Loaded>
  );
}

function Accuracy({ card }: { card: Card }) {
  const ends = card.accuracy_interval;
  return (
    <div className="figure">
      <bdi className="number">{shareText(card.accuracy)}</bdi>
      {isKnown(ends) ? (
        <>
          <bdi className="muted small number nowrap">{intervalText(ends)}</bdi>
          <Whisker low={ends[0]} high={ends[1]} />
        </>
      ) : null}
    </div>
  );
}
