import { api, take } from "../api/client";
import { useRead } from "../api/query";

/** Scorecards of a question; without one, of the first that has labels. A supplier reads its own alone. */
export function useScorecards(projectId: string, question: string | null) {
  const params = { path: { project_id: projectId }, query: { question: question ?? undefined } };
  return useRead(["scorecards", projectId, question], () => take(api.GET("/api/v1/projects/{project_id}/suppliers/scorecards", { params })), { staleTime: 60_000 });
}
