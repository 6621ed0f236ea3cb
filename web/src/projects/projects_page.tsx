// All projects that somebody may see, each with how far it is.
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { api, takePages, type Schemas } from "../api/client";
import { useRead } from "../api/query";
import { formatDate, formatNumber, formatPercent } from "../i18n/format";
import { useProgress, useQuality } from "../project/reads";
import { changesProject, seesQuality } from "../project/rights";
import { useMe } from "../session/store";
import { Badge, Empty, LinkButton, Loaded, Page, Progress } from "../ui";
import "../project/project.css";

type Project = Schemas["Project"];

export default function ProjectsPage() {
  const { t } = useTranslation(["console", "common"]);
  const me = useMe();
  const projects = useRead(["projects"], () =>
    takePages<Project>((after) => api.GET("/api/v1/projects", { params: { query: { after, limit: 1000 } } })),
  );
  const create = changesProject(me) ? (
    <LinkButton to="/projects/new" kind="primary">
      {t("new_project")}
    </LinkButton>
  ) : null;
  return (
    <Page title={t("common:nav_projects")} actions={create}>
      <Loaded query={projects}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty title={t("no_projects")} text={t("no_projects_text")}>
              {create}
            </Empty>
          ) : (
            <ul className="project-cards">
              {[...rows].reverse().map((project) => (
                <li key={project.project_id}>
                  <ProjectCard project={project} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Page>
  );
}

const kTones = { active: "good", paused: "warn", archived: "plain" } as const;

function ProjectCard({ project }: { project: Project }) {
  const { t } = useTranslation(["console", "common"]);
  return (
    <article className="project-card">
      <div className="row between">
        <h2>
          <Link href={`/projects/${project.project_id}`}>
            <bdi>{project.name}</bdi>
          </Link>
        </h2>
        <Badge tone={kTones[project.state]}>{t(`project_${project.state}`)}</Badge>
      </div>
      <CardFigures projectId={project.project_id} />
      <span className="muted small">{t("made_on", { date: formatDate(project.created_at) })}</span>
    </article>
  );
}

function CardFigures({ projectId }: { projectId: string }) {
  const { t } = useTranslation(["console", "common"]);
  const me = useMe();
  const { data } = useProgress(projectId);
  const counted = (data?.tasks ?? []).filter((each) => each.state !== "gold" && each.state !== "cancelled");
  const all = counted.reduce((sum, each) => sum + each.task_count, 0);
  const done = counted.find((each) => each.state === "done")?.task_count ?? 0;
  return (
    <>
      <Progress
        label={t("tasks_done")}
        share={all ? done / all : 0}
        text={all ? t("of", { part: formatNumber(done), whole: formatNumber(all) }) : t("no_tasks_yet")}
      />
      {seesQuality(me) ? <CardQuality projectId={projectId} /> : null}
    </>
  );
}

function CardQuality({ projectId }: { projectId: string }) {
  const { t } = useTranslation(["console", "common"]);
  const { data } = useQuality(projectId);
  const worst = [...(data?.questions ?? [])].sort((a, b) => a.accuracy - b.accuracy)[0];
  if (!worst) return null;
  return (
    <span className="small">
      {t("quality_now")}{" "}
      <bdi>
        <strong className="number">{formatPercent(worst.accuracy)}</strong>
      </bdi>{" "}
      <bdi className="muted">
        {formatPercent(worst.accuracy_interval[0] ?? 0)} – {formatPercent(worst.accuracy_interval[1] ?? 1)}
      </bdi>
    </span>
  );
}
