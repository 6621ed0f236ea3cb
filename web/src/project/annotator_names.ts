// What annotators are called. Who may know gets the name (owners, their own supplier); a supplier's own system
// has names of its own for its people; everybody else sees a short pseudonym, the same on every screen.
import { useTranslation } from "react-i18next";
import { api, takePages, type Schemas } from "../api/client";
import { useRead } from "../api/query";
import { pseudonymCode } from "./pseudonym";

type Known = Pick<Schemas["Annotator"], "annotator_id" | "contributor_id" | "name">;

const kMade = /\b(?:ant|acc)_[0-9a-z]{13}\b/g;
const isMade = (text: string) => /^(?:ant|acc)_[0-9a-z]{13}$/.test(text);

/** A name for an annotator that was read, or for the bare id of one. */
export function useAnnotatorName(): (annotator: Known | string) => string {
  const { t } = useTranslation();
  const pseudonym = (id: string) => t("annotator_pseudonym", { code: pseudonymCode(id) });
  return (annotator) => {
    // A report may name the supplier too: "ant_… (Atlas)".
    if (typeof annotator === "string") return annotator.replaceAll(kMade, pseudonym);
    return annotator.name || (isMade(annotator.contributor_id) ? pseudonym(annotator.annotator_id) : annotator.contributor_id);
  };
}

/** Names by id, of the annotators of these suppliers. */
export function useAnnotatorNames(suppliers: readonly string[]): (id: string) => string {
  const nameOf = useAnnotatorName();
  const all = [...new Set(suppliers)].sort();
  const known = useRead(
    ["annotator_names", ...all],
    async () => {
      const lists = await Promise.all(
        all.map((supplier_id) =>
          takePages<Schemas["Annotator"]>(
            (after) => api.GET("/api/v1/suppliers/{supplier_id}/annotators", { params: { path: { supplier_id }, query: { after, limit: 1000 } } }),
            5000,
          ),
        ),
      );
      return new Map(lists.flat().map((row) => [row.annotator_id, row]));
    },
    { staleTime: 60_000, enabled: all.length > 0 },
  );
  return (id) => nameOf(known.data?.get(id) ?? id);
}
