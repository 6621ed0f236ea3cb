// What the server says of a template and its sample task while they are written: the same problems, at the same places, as
// saving and importing would meet.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api, take } from "../api/client";
import { detailOf } from "../ui";
import type { Payload, Template } from "../task/template";
import type { Mistake } from "./form";

const kRest = 500; // ms without a change before it is asked

export interface Checked {
  document: Mistake | null;
  payload: Mistake | null;
}

/** `projectId`: nothing while there is no project to ask for. */
export function useCheck(projectId: string | undefined, template: Template, payload: Payload): Checked {
  const now = JSON.stringify({ document: template, payload });
  const [rested, setRested] = useState(now);
  useEffect(() => {
    const timer = setTimeout(() => setRested(now), kRest);
    return () => clearTimeout(timer);
  }, [now]);
  const found = useQuery({
    queryKey: ["template_check", projectId ?? "", rested],
    queryFn: () => {
      const body = JSON.parse(rested) as { document: Record<string, never>; payload: Record<string, never> };
      return take(api.POST("/api/v1/projects/{project_id}/templates:check", { params: { path: { project_id: projectId ?? "" } }, body }));
    },
    enabled: projectId !== undefined,
    staleTime: Infinity,
    gcTime: 10_000,
    placeholderData: keepPreviousData,
  });
  const of = (part: "document" | "payload"): Mistake | null => {
    const problem = found.data?.problems.find((each) => each.part === part);
    return problem ? { where: problem.where, code: problem.code, text: detailOf(problem) } : null;
  };
  return { document: of("document"), payload: of("payload") };
}
