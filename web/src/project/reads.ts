// What several screens of a project read, under one key each, so that it is read once.
import { api, take, takePages, type Schemas } from "../api/client";
import { useRead } from "../api/query";
import type { Template } from "../task/template";

const at = (project_id: string) => ({ path: { project_id } });

export const useProject = (projectId: string) =>
  useRead(["projects", projectId], () => take(api.GET("/api/v1/projects/{project_id}", { params: at(projectId) })));

export const useProgress = (projectId: string) =>
  useRead(["progress", projectId], () => take(api.GET("/api/v1/projects/{project_id}/progress", { params: at(projectId) })));

export const useQuality = (projectId: string) =>
  useRead(["quality", projectId], () => take(api.GET("/api/v1/projects/{project_id}/quality", { params: at(projectId) })));

/** The newest template; null while there is none. */
export const useTemplate = (projectId: string) =>
  useRead(["template", projectId], async () => {
    const { template_version: newest } = await take(api.GET("/api/v1/projects/{project_id}", { params: at(projectId) }));
    if (newest === 0) return null;
    const path = { project_id: projectId, template_version: "latest" };
    const version = await take(api.GET("/api/v1/projects/{project_id}/templates/{template_version}", { params: { path } }));
    return { version: version.template_version, document: version.document as unknown as Template };
  });

/** Questions whose answers are classes: those that quality is known of. By name: the server chooses the first when it is not told. */
export const useQuestionNames = (projectId: string): readonly string[] =>
  useRead(["question_classes", projectId], async () => {
    const { data } = await take(api.GET("/api/v1/projects/{project_id}/question_classes", { params: at(projectId) }));
    return [...new Set(data.map((each) => each.question))].sort();
  }).data ?? [];

/** The name of a supplier by its id; the id while it is not known. */
export function useSupplierNames(): (id: string) => string {
  const names = useRead(
    ["supplier_names"],
    async () => {
      const rows = await takePages<Schemas["Supplier"]>((after) => api.GET("/api/v1/suppliers", { params: { query: { after, limit: 1000 } } }));
      return new Map(rows.map((row) => [row.supplier_id, row.name]));
    },
    { staleTime: 60_000 },
  );
  return (id) => names.data?.get(id) ?? id;
}
