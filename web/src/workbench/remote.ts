// What the desk asks of the server; a seam for tests.
import { api, take, type Schemas } from "../api/client";
import type { Answers, Template } from "../task/template";
import type { Assignment, KnownProject, Waiting } from "./desk_store";

/** Why there is no more work for this annotator. */
export interface Refusal {
  code: string;
  detail: string;
}

export interface Remote {
  submit(waiting: Waiting, wantsNext: boolean): Promise<Schemas["SubmittedAnnotation"]>;
  skip(waiting: Waiting): Promise<void>;
  lease(projectId: string, count: number): Promise<{ assignments: Assignment[]; refused: Refusal | null }>;
  live(projectId: string): Promise<Assignment[]>;
  heartbeat(assignmentId: string): Promise<string>;
  release(assignmentId: string): Promise<void>;
  saveDraft(assignmentId: string, answers: Answers): Promise<void>;
  readDraft(assignmentId: string): Promise<Answers | null>;
  project(projectId: string): Promise<KnownProject>;
  template(projectId: string, version: number): Promise<Template>;
}

const path = (assignment_id: string) => ({ path: { assignment_id } });

export const remote: Remote = {
  submit: ({ assignment_id, answers, duration_us }, next) =>
    take(
      api.POST("/api/v1/assignments/{assignment_id}/annotation", {
        params: { ...path(assignment_id), query: { next } },
        body: { answers, duration_us },
      }),
    ),
  async skip({ assignment_id, reason }) {
    // The same key with the same reason: sent twice, it is one skip.
    const params = { ...path(assignment_id), header: { "Idempotency-Key": `skip-${assignment_id}` } };
    await take(api.POST("/api/v1/assignments/{assignment_id}:skip", { params, body: { reason } }));
  },
  async lease(project_id, count) {
    const { data } = await take(api.POST("/api/v1/projects/{project_id}/assignments:batch", { params: { path: { project_id } }, body: { count } }));
    return { assignments: data[0]?.assignments ?? [], refused: data[0]?.refused ?? null };
  },
  async live(project_id) {
    return (await take(api.GET("/api/v1/projects/{project_id}/assignments:live", { params: { path: { project_id } } }))).data;
  },
  async heartbeat(assignment_id) {
    return (await take(api.POST("/api/v1/assignments/{assignment_id}:heartbeat", { params: path(assignment_id) }))).expires_at;
  },
  async release(assignment_id) {
    await take(api.POST("/api/v1/assignments/{assignment_id}:release", { params: path(assignment_id) }));
  },
  async saveDraft(assignment_id, answers) {
    await take(api.PUT("/api/v1/assignments/{assignment_id}/draft", { params: path(assignment_id), body: { answers } }));
  },
  async readDraft(assignment_id) {
    const { data } = await api.GET("/api/v1/assignments/{assignment_id}/draft", { params: path(assignment_id) });
    return data ? (data.answers as Answers) : null;
  },
  async project(project_id) {
    const { name, instructions } = await take(api.GET("/api/v1/projects/{project_id}", { params: { path: { project_id } } }));
    return { project_id, name, instructions };
  },
  async template(project_id, version) {
    const params = { path: { project_id, template_version: String(version) } };
    const { document } = await take(api.GET("/api/v1/projects/{project_id}/templates/{template_version}", { params }));
    return document as unknown as Template;
  },
};
