// The frame of the screens of one project that are made here; its other screens are next to it in the same navigation.
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { api, take } from "../api/client";
import { useRead } from "../api/query";
import { useMe } from "../session/store";
import { Page, SubNav } from "../ui";
import { changesProjects, seesScorecards } from "./rights";

export const useProject = (projectId: string) =>
  useRead(["projects", projectId], () => take(api.GET("/api/v1/projects/{project_id}", { params: { path: { project_id: projectId } } })));

interface ProjectFrameProps {
  projectId: string;
  title: string;
  crumbs?: readonly { to: string; label: string }[];
  actions?: ReactNode;
  children: ReactNode;
}

export function ProjectFrame({ projectId, title, crumbs = [], actions, children }: ProjectFrameProps) {
  const { t } = useTranslation(["people", "common"]);
  const me = useMe();
  const project = useProject(projectId);
  const base = `/projects/${projectId}`;
  const links = [
    ...(seesScorecards(me) ? [{ to: `${base}/suppliers`, label: t("common:nav_suppliers") }] : []),
    ...(seesScorecards(me) ? [{ to: `${base}/webhooks`, label: t("webhooks") }] : []),
    ...(changesProjects(me) ? [{ to: `${base}/settings`, label: t("settings") }] : []),
  ];
  const above = [{ to: "/projects", label: t("common:nav_projects") }, { to: base, label: project.data?.name ?? projectId }, ...crumbs];
  return (
    <Page title={title} crumbs={above} actions={actions} subnav={<SubNav label={t("of_project")} links={links} />}>
      {children}
    </Page>
  );
}
