// Brings tasks in from a file: choose it, say what its columns are, look at the first tasks, import; every row that is refused
// is named with its line.
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "wouter";
import { queries } from "../api/query";
import { formatCompact, formatNumber } from "../i18n/format";
import { ProjectFrame } from "../project/frame";
import { useTemplate } from "../project/reads";
import { Payload } from "../project/task_view";
import { FormProblem, useSubmit } from "../session/door";
import { Badge, Button, Card, Empty, LinkButton, Loaded } from "../ui";
import { Columns } from "./columns";
import { Drop } from "./drop";
import { Outcome } from "./outcome";
import { asLines, columnsOf, firstRows, formatOf, guess, kMediaTypes, toTask, type FileKind, type Mapping, type Row } from "./rows";
import { sendRows, type ImportOutcome } from "./send";
import type { Template } from "../task/template";
import "./import.css";

export default function ImportPage() {
  const { projectId = "" } = useParams<{ projectId: string }>();
  const { t } = useTranslation("console");
  const template = useTemplate(projectId);
  return (
    <ProjectFrame projectId={projectId} title={t("import_tasks")}>
      <Loaded query={template}>
        {(found) =>
          found ? (
            <Wizard projectId={projectId} template={found.document} />
          ) : (
            <Empty title={t("template_first")} text={t("template_first_text")}>
              <LinkButton kind="primary" to={`/projects/${projectId}/template`}>
                {t("start_template")}
              </LinkButton>
            </Empty>
          )
        }
      </Loaded>
    </ProjectFrame>
  );
}

interface Chosen extends FileKind {
  file: File;
}

function Wizard({ projectId, template }: { projectId: string; template: Template }) {
  const { t } = useTranslation("console");
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [rows, setRows] = useState<Row[]>([]);
  const [mapping, setMapping] = useState<Mapping>({});
  const [isUnknown, setUnknown] = useState(false);
  const [outcome, setOutcome] = useState<ImportOutcome | null>(null);
  const [isReadable, setReadable] = useState(true);
  useEffect(() => {
    if (!chosen) return;
    let isCurrent = true;
    // What cannot be read here the server can perhaps: it is sent as it is.
    firstRows(chosen.file, chosen, 20).then(
      (found) => {
        if (!isCurrent) return;
        setRows(found);
        setMapping(guess(columnsOf(found)));
      },
      () => {
        if (isCurrent) setReadable(false);
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [chosen]);
  const choose = (file: File) => {
    const known = formatOf(file.name);
    setUnknown(known === null);
    setOutcome(null);
    setRows([]);
    setReadable(true);
    setChosen(known ? { file, ...known } : null);
  };
  const skips = useRef(false);
  const { isBusy, error, submit } = useSubmit(async () => {
    if (!chosen) return;
    const { file, format, isPacked } = chosen;
    const body = isReadable ? await asLines(file, chosen, mapping, template) : file;
    const mediaType = isReadable ? kMediaTypes.jsonl : kMediaTypes[format];
    const done = await sendRows(projectId, body, { mediaType, isPacked: isPacked && !isReadable, skipsBadRows: skips.current });
    setOutcome(done);
    for (const area of ["progress", "task_table", "task_places", "overview", "gold"]) await queries.invalidateQueries({ queryKey: [area, projectId] });
  });
  const start = (skipsBadRows: boolean) => {
    skips.current = skipsBadRows;
    submit();
  };
  const hasId = Object.values(mapping).includes("external_id");
  return (
    <>
      <Card title={t("step_file")}>
        <Drop onFile={choose} />
        {isUnknown ? (
          <p className="notice" data-tone="bad" role="alert">
            {t("file_unknown")}
          </p>
        ) : null}
        {chosen ? (
          <p className="row">
            <bdi>{chosen.file.name}</bdi> <Badge tone="accent">{chosen.format}</Badge> <span className="muted small">{t("bytes", { size: formatCompact(chosen.file.size) })}</span>
          </p>
        ) : null}
      </Card>
      {chosen && isReadable && rows.length > 0 ? (
        <>
          <Card title={t("step_columns")}>
            <Columns rows={rows} mapping={mapping} questions={template.questions} onChange={setMapping} />
            {hasId ? null : (
              <p className="notice" data-tone="warn">
                {t("id_needed")}
              </p>
            )}
          </Card>
          <Preview rows={rows} mapping={mapping} template={template} />
        </>
      ) : null}
      {chosen && !isReadable ? <p className="notice">{t("no_preview")}</p> : null}
      {chosen ? (
        <Card title={t("step_import")}>
          <div className="stack">
            <FormProblem error={error} />
            {outcome ? <Outcome projectId={projectId} outcome={outcome} isBusy={isBusy} onSkip={() => start(true)} /> : null}
            {outcome && !outcome.isRefused ? null : (
              <div>
                <Button kind="primary" isPending={isBusy} isDisabled={isReadable && !hasId} onPress={() => start(false)}>
                  {outcome ? t("import_again") : t("import_now")}
                </Button>
              </div>
            )}
          </div>
        </Card>
      ) : null}
    </>
  );
}

function Preview({ rows, mapping, template }: { rows: readonly Row[]; mapping: Mapping; template: Template }) {
  const { t } = useTranslation("console");
  const [place, setPlace] = useState(0);
  const index = Math.min(place, rows.length - 1);
  const task = toTask(rows[index] ?? {}, mapping, template);
  return (
    <Card
      title={t("step_preview")}
      actions={
        <div className="row">
          <Button size="s" aria-label={t("previous")} isDisabled={index === 0} onPress={() => setPlace(index - 1)}>
            ‹
          </Button>
          <bdi className="small number">{t("of", { part: formatNumber(index + 1), whole: formatNumber(rows.length) })}</bdi>
          <Button size="s" aria-label={t("next")} isDisabled={index + 1 >= rows.length} onPress={() => setPlace(index + 1)}>
            ›
          </Button>
        </div>
      }
    >
      <Payload key={index} template={template} payload={task["payload"] as Record<string, unknown>} />
    </Card>
  );
}
