// Everything that leaves a project as a file: annotations, consensus, the audit report, the project itself.
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "wouter";
import { ProjectFrame } from "../project/frame";
import { useQuestionNames } from "../project/reads";
import { Card, Check, Select } from "../ui";

type Format = "jsonl" | "csv" | "parquet";
const kFormats: readonly { value: Format; label: string }[] = [
  { value: "jsonl", label: "JSON Lines" },
  { value: "csv", label: "CSV" },
  { value: "parquet", label: "Parquet" },
];

export default function ExportPage() {
  const { projectId = "" } = useParams<{ projectId: string }>();
  const { t } = useTranslation("console");
  return (
    <ProjectFrame projectId={projectId} title={t("export")}>
      <div className="two">
        <Consensus projectId={projectId} />
        <Annotations projectId={projectId} />
        <Card title={t("audit_report")}>
          <div className="stack">
            <p className="muted">{t("audit_report_text")}</p>
            <div className="row">
              <Download address={`/api/v1/projects/${projectId}/report_page`} name={`report-${projectId}.html`} isPrimary label={t("download_page")} />
              <Download address={`/api/v1/projects/${projectId}/report`} name={`report-${projectId}.json`} label={t("download_json")} />
            </div>
          </div>
        </Card>
        <Card title={t("blueprint")}>
          <div className="stack">
            <p className="muted">{t("blueprint_text")}</p>
            <div>
              <Download address={`/api/v1/projects/${projectId}/blueprint`} name={`blueprint-${projectId}.json`} label={t("download_json")} />
            </div>
          </div>
        </Card>
      </div>
    </ProjectFrame>
  );
}

function Consensus({ projectId }: { projectId: string }) {
  const { t } = useTranslation("console");
  const [format, setFormat] = useState<Format>("jsonl");
  const [question, setQuestion] = useState("all");
  const [onlyDone, setOnlyDone] = useState(true);
  const questions = useQuestionNames(projectId);
  const query = new URLSearchParams({ format, ...(question === "all" ? {} : { question }), ...(onlyDone ? { state: "done" } : {}) });
  return (
    <Card title={t("consensus")}>
      <div className="stack">
        <p className="muted">{t("consensus_text")}</p>
        <div className="filters">
          <Select label={t("format")} value={format} onChange={setFormat} options={kFormats} />
          {questions.length > 1 ? (
            <Select label={t("question")} value={question} onChange={setQuestion} options={[{ value: "all", label: t("all") }, ...questions.map((name) => ({ value: name, label: name }))]} />
          ) : null}
        </div>
        <Check label={t("only_done")} isSelected={onlyDone} onChange={setOnlyDone} />
        <div>
          <Download address={`/api/v1/projects/${projectId}/consensus:export?${query.toString()}`} name={`consensus-${projectId}.${format}`} isPrimary label={t("download")} />
        </div>
      </div>
    </Card>
  );
}

function Annotations({ projectId }: { projectId: string }) {
  const { t } = useTranslation("console");
  const [format, setFormat] = useState<Format>("jsonl");
  const [newest, setNewest] = useState(true);
  const query = new URLSearchParams({ format, newest: String(newest) });
  return (
    <Card title={t("annotations")}>
      <div className="stack">
        <p className="muted">{t("annotations_text")}</p>
        <div className="filters">
          <Select label={t("format")} value={format} onChange={setFormat} options={kFormats} />
        </div>
        <Check label={t("only_newest")} isSelected={newest} onChange={setNewest} />
        <div>
          <Download address={`/api/v1/projects/${projectId}/annotations:export?${query.toString()}`} name={`annotations-${projectId}.${format}`} isPrimary label={t("download")} />
        </div>
      </div>
    </Card>
  );
}

function Download({ address, name, label, isPrimary }: { address: string; name: string; label: string; isPrimary?: boolean }) {
  return (
    <a className="button" data-kind={isPrimary ? "primary" : "plain"} href={address} download={name}>
      {label}
    </a>
  );
}
