// The typed client of the API: session cookie, CSRF token, problem details, ETags.
//
//   const project = await take(api.GET("/api/v1/projects/{project_id}", { params: { path: { project_id } } }));
//
// `take` gives the body or throws an ApiProblem.
import createClient, { type Middleware } from "openapi-fetch";
import type { components, paths } from "./contract";
import { ApiProblem, offline, problemOf } from "./problem";

export type Schemas = components["schemas"];

let csrfToken: string | null = null;
export function setCsrfToken(token: string | null): void {
  csrfToken = token;
}
export function getCsrfToken(): string | null {
  return csrfToken;
}

const withCsrf: Middleware = {
  onRequest({ request }) {
    if (csrfToken && request.method !== "GET" && request.method !== "HEAD") request.headers.set("X-CSRF-Token", csrfToken);
    return request;
  },
  onError({ error }) {
    if (error instanceof DOMException && error.name === "AbortError") return error;
    return offline();
  },
};

export const api = createClient<paths>({ baseUrl: "", credentials: "same-origin" });
api.use(withCsrf);

interface Outcome<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The body of an answer; an ApiProblem is thrown when it is none. */
export async function take<T>(outcome: Promise<Outcome<T>>): Promise<T> {
  return (await takeAll(outcome)).body;
}

/** The body and its ETag, for what is edited: send it back with `ifMatch`. */
export async function takeWithEtag<T>(outcome: Promise<Outcome<T>>): Promise<{ body: T; etag: string }> {
  const { body, response } = await takeAll(outcome);
  return { body, etag: response.headers.get("etag") ?? "" };
}

export async function takeAll<T>(outcome: Promise<Outcome<T>>): Promise<{ body: T; response: Response }> {
  const { data, error, response } = await outcome;
  if (!response.ok) throw problemOf(response, error);
  return { body: data as T, response };
}

/** Every page of a list, up to `most` rows. */
export async function takePages<T>(
  page: (after: string | undefined) => Promise<Outcome<{ data: T[]; next: string | null }>>,
  most = 1000,
): Promise<T[]> {
  const rows: T[] = [];
  let after: string | undefined;
  do {
    const { data, next } = await take(page(after));
    rows.push(...data);
    after = next ?? undefined;
  } while (after && rows.length < most);
  return rows;
}

export function isProblem(error: unknown, code?: string): error is ApiProblem {
  return error instanceof ApiProblem && (code === undefined || error.code === code);
}
