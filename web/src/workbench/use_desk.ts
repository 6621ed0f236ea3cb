import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { useMe } from "../session/store";
import { Desk, type DeskState } from "./desk";
import { openDeskStore } from "./desk_store";
import { remote } from "./remote";

/** The desk of the signed-in annotator in a project, open as long as the page is. */
export function useDesk(projectId: string): { desk: Desk | null; state: DeskState | null; error: unknown } {
  const { account_id } = useMe();
  const [desk, setDesk] = useState<Desk | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    let made: Desk | null = null;
    let isGone = false;
    openDeskStore(account_id)
      .then((store) => {
        if (isGone) return;
        made = new Desk(store, remote, projectId);
        setDesk(made);
        void made.open();
      })
      .catch(setError);
    return () => {
      isGone = true;
      made?.close();
      setDesk(null);
    };
  }, [account_id, projectId]);
  const subscribe = useMemo(() => desk?.subscribe ?? (() => () => undefined), [desk]);
  const state = useSyncExternalStore(subscribe, () => desk?.snapshot() ?? null);
  return { desk, state, error };
}
