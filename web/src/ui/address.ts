// What is chosen on a screen stands in its address, so that a link shows the same to somebody else.
import { useSearchParams } from "wouter";

/** `const [value, change] = useAddress()`; `change({ by: "domain" })`, null or "" takes it out. */
export function useAddress(): [(name: string) => string | null, (values: Record<string, string | null>) => void] {
  const [params, setParams] = useSearchParams();
  const change = (values: Record<string, string | null>) =>
    setParams(
      (now) => {
        for (const [name, value] of Object.entries(values))
          if (value) now.set(name, value);
          else now.delete(name);
        return now;
      },
      { replace: true },
    );
  return [(name) => params.get(name), change];
}
