import { useTranslation } from "react-i18next";
import { Badge } from "../ui";

export const kKinds = ["crowd", "expert", "staff", "model"] as const;

export function SupplierState({ state }: { state: "active" | "suspended" }) {
  const { t } = useTranslation("suppliers");
  return <Badge tone={state === "active" ? "good" : "bad"}>{t(`state_${state}`)}</Badge>;
}
