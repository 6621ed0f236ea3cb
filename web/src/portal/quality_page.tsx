// How good the supplier's own work is, in one project, with what it stands on: its scorecard, its annotators, its reviews.
import { useTranslation } from "react-i18next";
import { isProblem } from "../api/client";
import { Card, Empty, Loaded, Loading, Problem, Select } from "../ui";
import { useAddress } from "../ui/address";
import { useNames, useProjects } from "../admin/names";
import { useScorecards } from "../suppliers/scorecards_read";
import { Scorecards } from "../suppliers/scorecards";
import "../suppliers/suppliers.css";
import { AnnotatorQuality } from "./annotator_quality";
import { PortalFrame } from "./frame";
import { useMySupplier } from "./mine";
import { SentBack } from "./sent_back";

export default function QualityPage() {
  const { t } = useTranslation("portal");
  const projects = useProjects();
  const [value, change] = useAddress();
  return (
    <PortalFrame title={t("quality")}>
      <Loaded query={projects}>
        {(rows) => {
          const project = rows.find((row) => row.project_id === value("project")) ?? rows[0];
          if (!project) return <Empty title={t("no_project")} text={t("no_project_text")} />;
          return (
            <>
              <div className="filters">
                <Select label={t("project")} value={project.project_id} options={rows.map((row) => ({ value: row.project_id, label: row.name }))} onChange={(id) => change({ project: id })} />
              </div>
              <OfProject key={project.project_id} projectId={project.project_id} />
            </>
          );
        }}
      </Loaded>
    </PortalFrame>
  );
}

function OfProject({ projectId }: { projectId: string }) {
  const { t } = useTranslation("portal");
  const { supplierId } = useMySupplier();
  const nameOf = useNames();
  const cards = useScorecards(projectId, null);
  const isEmpty = isProblem(cards.error, "not_found");
  if (cards.error && !isEmpty) return <Problem error={cards.error} onRetry={() => void cards.refetch()} />;
  if (!cards.data && !isEmpty) return <Loading lines={8} />;
  const own = (cards.data?.suppliers ?? []).filter((card) => card.supplier_id === supplierId);
  return (
    <>
      {own.length ? (
        <Card title={t("scorecard")}>
          <div className="stack tight">
            <p className="muted small">{t("scorecard_text")}</p>
            <Scorecards cards={own.map((card) => ({ ...card, name: nameOf(card.supplier_id), series: 1 }))} />
          </div>
        </Card>
      ) : (
        <Empty title={t("nothing_weighed")} text={t("nothing_weighed_text")} />
      )}
      {own.length ? (
        <Card title={t("annotators")}>
          <AnnotatorQuality projectId={projectId} supplierId={supplierId} />
        </Card>
      ) : null}
      <Card title={t("reviews")}>
        <SentBack projectId={projectId} />
      </Card>
    </>
  );
}
