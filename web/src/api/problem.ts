// Problem details (RFC 9457) as an error that can be thrown and shown.
import type { components } from "./contract";

export type Problem = components["schemas"]["Problem"];

export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly problem: Partial<Problem>,
  ) {
    super(problem.detail ?? code);
    this.name = "ApiProblem";
  }
  get where(): string | undefined {
    return this.problem.where;
  }
  get hint(): string | undefined {
    return this.problem.hint;
  }
  /** The network is away, or the server is: trying later may help. */
  get isPassing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 502;
  }
}

export function offline(): ApiProblem {
  return new ApiProblem(0, "offline", {});
}

export function problemOf(response: Response, body: unknown): ApiProblem {
  const problem = (typeof body === "object" && body !== null ? body : {}) as Partial<Problem>;
  return new ApiProblem(response.status, problem.code ?? `http_${String(response.status)}`, problem);
}
