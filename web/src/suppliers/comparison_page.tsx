// Suppliers side by side: how good each is and how sure that is, what a correct label costs, who is better than whom.
import { useTranslation } from "react-i18next";
import { useParams } from "wouter";
import { isProblem, type Schemas } from "../api/client";
import { formatDateTime } from "../i18n/format";
import { useMe } from "../session/store";
import { Button, Card, Empty, LinkButton, Loading, Problem, Select } from "../ui";
import { useAddress } from "../ui/address";
import { useNames } from "../admin/names";
import { ProjectFrame } from "../project/frame";
import { useProject, useQuestionNames } from "../project/reads";
import { changesProject } from "../project/rights";
import { Pairs } from "./pairs";
import { PricePlot } from "./price_plot";
import { Scorecards } from "./scorecards";
import { useScorecards } from "./scorecards_read";
import { Slices } from "./slices";
import { Terms } from "./terms";
import "./suppliers.css";

export default function ComparisonPage() {
  const { t } = useTranslation("suppliers");
  const me = useMe();
  const { projectId } = useParams<{ projectId: string }>();
  const project = useProject(projectId);
  const actions = (
    <>
      <Button onPress={() => print()}>{t("print")}</Button>
      <a className="button" data-kind="plain" href={`/api/v1/projects/${projectId}/report_page`} download>
        {t("download_report")}
      </a>
    </>
  );
  return (
    <ProjectFrame projectId={projectId} title={t("side_by_side")} actions={actions}>
      <p className="print-only">
        <strong>{project.data?.name}</strong> · {t("printed_at", { when: formatDateTime(new Date().toISOString()) })}
      </p>
      <Weighed projectId={projectId} />
      <Terms projectId={projectId} mayChange={changesProject(me)} />
    </ProjectFrame>
  );
}

function Weighed({ projectId }: { projectId: string }) {
  const { t } = useTranslation("suppliers");
  const [value] = useAddress();
  const cards = useScorecards(projectId, value("question"));
  if (isProblem(cards.error, "not_found"))
    return (
      <Empty title={t("nothing_weighed")} text={t("nothing_weighed_text")}>
        <LinkButton to={`/projects/${projectId}`}>{t("to_project")}</LinkButton>
      </Empty>
    );
  if (cards.error) return <Problem error={cards.error} onRetry={() => void cards.refetch()} />;
  if (!cards.data) return <Loading lines={10} />;
  if (!cards.data.suppliers.length) return <Empty title={t("nothing_weighed")} text={t("nothing_weighed_text")} />;
  return <Found projectId={projectId} cards={cards.data} />;
}

function Found({ projectId, cards }: { projectId: string; cards: Schemas["SupplierScorecards"] }) {
  const { t } = useTranslation("suppliers");
  const nameOf = useNames();
  const order = [...cards.suppliers].sort((a, b) => (b.accuracy ?? -1) - (a.accuracy ?? -1));
  // The best first; the colour by age, so that it is the same whatever the order.
  const ages = cards.suppliers.map((card) => card.supplier_id).sort();
  const named = order.map((card) => ({ ...card, name: nameOf(card.supplier_id), series: (ages.indexOf(card.supplier_id) % 6) + 1 }));
  return (
    <>
      <Questions projectId={projectId} question={cards.question} />
      <Card title={t("side_by_side")}>
        <Scorecards cards={named} />
      </Card>
      <div className="halves">
        <Card title={t("price_quality")}>
          <PricePlot cards={named} />
        </Card>
        <Card title={t("who_is_better")}>
          <Pairs pairs={cards.pairs} nameOf={nameOf} />
        </Card>
      </div>
      <Slices projectId={projectId} question={cards.question} cards={named} />
    </>
  );
}

/** Which question is weighed: those of the newest template that have classes. */
function Questions({ projectId, question }: { projectId: string; question: string }) {
  const { t } = useTranslation("suppliers");
  const [, change] = useAddress();
  const names = [...new Set([question, ...useQuestionNames(projectId)])];
  if (names.length < 2) return null;
  return (
    <div className="filters">
      <Select label={t("question")} value={question} options={names.map((name) => ({ value: name, label: name }))} onChange={(name) => change({ question: name })} />
    </div>
  );
}

