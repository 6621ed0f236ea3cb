// Sends rows to the import of a project; a refused import is an outcome, not an exception.
import { getCsrfToken, type Schemas } from "../api/client";
import { offline, problemOf } from "../api/problem";

export interface ImportOutcome {
  isRefused: boolean;
  counts: Schemas["TaskImport"];
}

export async function sendRows(projectId: string, body: Blob, options: { mediaType: string; isPacked: boolean; skipsBadRows: boolean }): Promise<ImportOutcome> {
  const query = new URLSearchParams({ error_limit: "500", ...(options.skipsBadRows ? { skip_bad_rows: "true" } : {}) });
  const headers: Record<string, string> = { "Content-Type": options.mediaType };
  const token = getCsrfToken();
  if (token) headers["X-CSRF-Token"] = token;
  if (options.isPacked) headers["Content-Encoding"] = "gzip";
  let response: Response;
  try {
    response = await fetch(`/api/v1/projects/${projectId}/tasks:import?${query.toString()}`, { method: "POST", body, headers, credentials: "same-origin" });
  } catch {
    throw offline();
  }
  const answer = (await response.json().catch(() => null)) as Partial<Schemas["TaskImport"]> | null;
  if (answer?.errors && answer.row_count !== undefined) return { isRefused: !response.ok, counts: answer as Schemas["TaskImport"] };
  throw problemOf(response, answer);
}
