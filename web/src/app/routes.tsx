// Every screen: its address, what it loads, and for whom it is. A screen is one line here, a page in its feature's
// folder (default export), and its words in src/messages/{en,ar}/<area>.json.
import { lazy, type ComponentType } from "react";
import { changesSuppliers, seesAuditLog, seesPeople, seesSuppliers } from "../admin/rights";
import { loadAreas, type Area } from "../i18n/i18n";
import { changesProject, seesScorecards } from "../project/rights";
import { isAnnotator, isLab, isSupplierManager, type Profile } from "../session/store";

type Page = ComponentType;

export interface Screen {
  /** wouter's pattern: "/projects/:projectId/tasks" */
  path: string;
  page: Page;
  isFor: (profile: Profile) => boolean;
}

function screen(path: string, areas: readonly Area[], isFor: Screen["isFor"], load: () => Promise<{ default: Page }>): Screen {
  const page = lazy(async () => {
    const [module] = await Promise.all([load(), loadAreas(areas)]);
    return module;
  });
  return { path, page, isFor };
}

const everybody = () => true;

export const signInPage = screen("/sign-in", ["access"], everybody, () => import("../session/sign_in_page"));
export const invitePage = screen("/invite", ["access"], everybody, () => import("../session/invite_page"));

export const screens: readonly Screen[] = [
  screen("/profile", ["access"], everybody, () => import("../session/profile_page")),
  // The workbench
  screen("/workbench", ["workbench", "task"], isAnnotator, () => import("../workbench/projects_page")),
  screen("/workbench/:projectId", ["workbench", "task"], isAnnotator, () => import("../workbench/work_page")),
  screen("/workbench/:projectId/history", ["workbench", "task"], isAnnotator, () => import("../workbench/history_page")),
  // The console
  screen("/projects", ["console"], isLab, () => import("../projects/projects_page")),
  screen("/projects/new", ["console", "task"], changesProject, () => import("../projects/new_project_page")),
  screen("/projects/:projectId", ["console"], isLab, () => import("../project/overview_page")),
  screen("/projects/:projectId/tasks", ["console"], isLab, () => import("../tasks/tasks_page")),
  screen("/projects/:projectId/tasks/:taskId", ["console", "task"], isLab, () => import("../tasks/task_page")),
  screen("/projects/:projectId/review/tasks/:taskId", ["console", "task"], isLab, () => import("../review/adjudicate_page")),
  screen("/projects/:projectId/annotators", ["console"], isLab, () => import("../annotators/annotators_page")),
  screen("/projects/:projectId/annotators/:annotatorId", ["console"], isLab, () => import("../annotators/annotator_page")),
  screen("/projects/:projectId/review", ["console"], isLab, () => import("../review/review_page")),
  screen("/projects/:projectId/review/:reviewId", ["console", "task"], isLab, () => import("../review/verdict_page")),
  screen("/projects/:projectId/gold", ["console", "task"], isLab, () => import("../gold/gold_page")),
  screen("/projects/:projectId/template", ["console", "task"], isLab, () => import("../template_editor/template_page")),
  screen("/projects/:projectId/import", ["console", "task"], isLab, () => import("../import/import_page")),
  screen("/projects/:projectId/export", ["console"], isLab, () => import("../export/export_page")),
  // Suppliers and their comparison
  screen("/suppliers", ["suppliers"], seesSuppliers, () => import("../suppliers/suppliers_page")),
  screen("/suppliers/new", ["suppliers"], changesSuppliers, () => import("../suppliers/new_supplier_page")),
  screen("/suppliers/:supplierId", ["suppliers", "people", "access"], seesSuppliers, () => import("../suppliers/supplier_page")),
  screen("/projects/:projectId/suppliers", ["console", "suppliers"], seesScorecards, () => import("../suppliers/comparison_page")),
  // The administration
  screen("/people", ["people", "access"], seesPeople, () => import("../admin/members_page")),
  screen("/people/invites", ["people", "access"], seesPeople, () => import("../admin/invites_page")),
  screen("/people/keys", ["people", "access"], seesPeople, () => import("../admin/keys_page")),
  screen("/people/health", ["people"], seesAuditLog, () => import("../admin/health_page")),
  screen("/audit-log", ["people"], seesAuditLog, () => import("../admin/audit_log_page")),
  screen("/projects/:projectId/webhooks", ["console", "people"], seesScorecards, () => import("../admin/webhooks_page")),
  screen("/projects/:projectId/webhooks/:webhookId", ["console", "people"], seesScorecards, () => import("../admin/webhook_page")),
  screen("/projects/:projectId/settings", ["console", "people", "access"], changesProject, () => import("../admin/settings_page")),
  // The supplier portal
  screen("/portal", ["portal", "suppliers"], isSupplierManager, () => import("../portal/overview_page")),
  screen("/portal/people", ["portal", "suppliers", "people", "access"], isSupplierManager, () => import("../portal/people_page")),
  screen("/portal/batches", ["portal"], isSupplierManager, () => import("../portal/batches_page")),
  screen("/portal/quality", ["portal", "suppliers"], isSupplierManager, () => import("../portal/quality_page")),
  screen("/portal/keys", ["portal", "people", "access"], isSupplierManager, () => import("../portal/keys_page")),
];

export interface Section {
  path: string;
  title: "nav_work" | "nav_projects" | "nav_suppliers" | "nav_people" | "nav_audit_log" | "nav_portal";
  isFor: (profile: Profile) => boolean;
}

/** The links of the top bar, in order; a person's first one is where `/` leads. */
export const sections: readonly Section[] = [
  { path: "/projects", title: "nav_projects", isFor: isLab },
  { path: "/workbench", title: "nav_work", isFor: isAnnotator },
  { path: "/suppliers", title: "nav_suppliers", isFor: seesSuppliers },
  { path: "/people", title: "nav_people", isFor: seesPeople },
  { path: "/audit-log", title: "nav_audit_log", isFor: seesAuditLog },
  { path: "/portal", title: "nav_portal", isFor: isSupplierManager },
];

/** Where somebody starts. */
export function homeOf(profile: Profile): string {
  return sections.find((section) => section.isFor(profile))?.path ?? "/profile";
}

export { isLab, isSupplierManager };
