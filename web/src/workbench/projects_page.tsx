import { useTranslation } from "react-i18next";
import { api, take, takePages, type Schemas } from "../api/client";
import { useRead } from "../api/query";
import { Badge, Card, Empty, LinkButton, Loaded, Page, ProblemDetail, useCodeText } from "../ui";
import "./workbench.css";

/** The projects that an annotator may work on, and whether there is work. */
export default function ProjectsPage() {
  const { t } = useTranslation("workbench");
  const projects = useRead(["projects", "mine"], () => takePages((after) => api.GET("/api/v1/projects", { params: { query: { after } } })));
  return (
    <Page title={t("my_projects")}>
      <Loaded query={projects}>
        {(all) =>
          all.length ? (
            <div className="grid">
              {all.map((project) => (
                <ProjectCard key={project.project_id} project={project} />
              ))}
            </div>
          ) : (
            <Empty title={t("no_projects")} text={t("no_projects_text")} />
          )
        }
      </Loaded>
    </Page>
  );
}

function ProjectCard({ project }: { project: Schemas["Project"] }) {
  const { t } = useTranslation("workbench");
  const { project_id } = project;
  const workable = useRead(["workable", project_id], () =>
    take(api.GET("/api/v1/projects/{project_id}/assignments:workable", { params: { path: { project_id } } })),
  );
  const { is_workable: isWorkable, code, reason } = workable.data ?? {};
  return (
    <Card>
      <div className="stack tight project-card">
        <div className="row between">
          <h2>
            <bdi>{project.name}</bdi>
          </h2>
          {isWorkable === undefined ? null : <Badge tone={isWorkable ? "good" : "plain"}>{isWorkable ? t("has_work") : t("no_work_now")}</Badge>}
        </div>
        <p className="muted small clamp" dir="auto">
          {isWorkable === false ? <WhyNot code={code} reason={reason ?? ""} /> : project.instructions.replaceAll(/[#*_`>]/g, "").slice(0, 220)}
        </p>
        <div className="row">
          <LinkButton to={`/workbench/${project_id}`} kind={isWorkable === false ? "plain" : "primary"}>
            {t("start")}
          </LinkButton>
          <LinkButton to={`/workbench/${project_id}/history`} kind="quiet">
            {t("history")}
          </LinkButton>
        </div>
      </div>
    </Card>
  );
}

/** Nothing is open, or a rule keeps this annotator out: the server names which. */
function WhyNot({ code, reason }: { code: Schemas["Workable"]["code"] | undefined; reason: string }) {
  const { t } = useTranslation("workbench");
  const { title, advice } = useCodeText()("not_eligible");
  if (code === "nothing_open") return t("no_work_text");
  return (
    <>
      {title}. {advice} <ProblemDetail text={reason} />
    </>
  );
}
