// The frame of every screen of one project: where it stands, and the project's other screens beside it.
import { useCallback, useRef, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useProjectEvents } from "../api/events";
import { queries } from "../api/query";
import { useMe } from "../session/store";
import { Page, SubNav } from "../ui";
import { useProject } from "./reads";
import { changesProject, reviews, seesEvents, seesQuality, seesScorecards } from "./rights";
import "./project.css";

interface ProjectFrameProps {
  projectId: string;
  title?: string;
  crumbs?: readonly { to: string; label: string }[];
  actions?: ReactNode;
  size?: "m" | "narrow" | "wide";
  children: ReactNode;
}

export function ProjectFrame({ projectId, title, crumbs = [], actions, size, children }: ProjectFrameProps) {
  const { t } = useTranslation(["console", "common"]);
  const me = useMe();
  const project = useProject(projectId);
  const base = `/projects/${projectId}`;
  const name = project.data?.name ?? "…";
  const links = [
    { to: base, label: t("overview") },
    ...(seesQuality(me) ? [{ to: `${base}/tasks`, label: t("tasks") }] : []),
    ...(seesScorecards(me) ? [{ to: `${base}/annotators`, label: t("annotators") }] : []),
    ...(seesScorecards(me) ? [{ to: `${base}/suppliers`, label: t("common:nav_suppliers") }] : []),
    ...(reviews(me) ? [{ to: `${base}/review`, label: t("review") }] : []),
    ...(seesQuality(me) ? [{ to: `${base}/gold`, label: t("gold") }] : []),
    ...(seesQuality(me) ? [{ to: `${base}/template`, label: t("template") }] : []),
    ...(seesScorecards(me) ? [{ to: `${base}/export`, label: t("export") }] : []),
    ...(seesScorecards(me) ? [{ to: `${base}/webhooks`, label: t("webhooks") }] : []),
    ...(changesProject(me) ? [{ to: `${base}/settings`, label: t("settings") }] : []),
  ];
  const above = [{ to: "/projects", label: t("common:nav_projects") }, ...(title ? [{ to: base, label: name }] : []), ...crumbs];
  return (
    <Page title={title ?? name} crumbs={above} actions={actions} size={size} subnav={<SubNav label={t("of_project")} links={links} />}>
      {children}
    </Page>
  );
}

/** Reads these again when something happens in the project, at most once a second. */
export function useLive(projectId: string, areas: readonly string[]): void {
  const me = useMe();
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const onEvent = useCallback(() => {
    timer.current ??= setTimeout(() => {
      timer.current = null;
      for (const area of areas) void queries.invalidateQueries({ queryKey: [area, projectId] });
    }, 1000);
  }, [areas, projectId]);
  useProjectEvents(seesEvents(me) ? projectId : null, onEvent);
}
