// Reading through a cache (TanStack Query), with the app's rules: a problem that will not pass is not tried again.
import { QueryClient, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { ApiProblem } from "./problem";

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      refetchOnWindowFocus: false,
      networkMode: "always",
      retry: (count, error) => count < 2 && error instanceof ApiProblem && error.isPassing && error.status !== 0,
    },
    mutations: { networkMode: "always" },
  },
});

/** `useRead(["project", id], () => take(api.GET(…)))`. Show it with <Loaded>. */
export function useRead<T>(key: readonly unknown[], read: () => Promise<T>, options: ReadOptions = {}): UseQueryResult<T, Error> {
  return useQuery<T, Error>({ queryKey: key, queryFn: read, ...options });
}

export interface ReadOptions {
  enabled?: boolean;
  refetchInterval?: number;
  staleTime?: number;
}
