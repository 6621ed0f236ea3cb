// The stop button of a supplier, everywhere or in one project: at once, after one question.
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, take, type Schemas } from "../api/client";
import { queries } from "../api/query";
import { formatNumber } from "../i18n/format";
import { Button, Confirm, toast } from "../ui";
import { useAct } from "../ui/act";

export function SuspendSupplier({ supplier }: { supplier: Schemas["Supplier"] }) {
  const params = { path: { supplier_id: supplier.supplier_id } };
  return (
    <StopButton
      name={supplier.name}
      isActive={supplier.state === "active"}
      scope="everywhere"
      onSuspend={async () => (await take(api.POST("/api/v1/suppliers/{supplier_id}:suspend", { params }))).revoked_count}
      onResume={async () => void (await take(api.POST("/api/v1/suppliers/{supplier_id}:resume", { params })))}
    />
  );
}

interface OfProjectProps {
  terms: Schemas["ProjectSupplier"];
  name: string;
}

export function SuspendInProject({ terms, name }: OfProjectProps) {
  const params = { path: { project_id: terms.project_id, supplier_id: terms.supplier_id } };
  return (
    <StopButton
      name={name}
      isActive={terms.state === "active"}
      scope="project"
      onSuspend={async () => (await take(api.POST("/api/v1/projects/{project_id}/suppliers/{supplier_id}:suspend", { params }))).revoked_count}
      onResume={async () => void (await take(api.POST("/api/v1/projects/{project_id}/suppliers/{supplier_id}:resume", { params })))}
    />
  );
}

interface StopButtonProps {
  name: string;
  isActive: boolean;
  scope: "everywhere" | "project";
  onSuspend: () => Promise<number>;
  onResume: () => Promise<void>;
}

function StopButton({ name, isActive, scope, onSuspend, onResume }: StopButtonProps) {
  const { t } = useTranslation("suppliers");
  const act = useAct();
  const [isAsked, setAsked] = useState(false);
  const run = () =>
    act(async () => {
      if (isActive) toast(t("suspended", { name, number: formatNumber(await onSuspend()) }));
      else {
        await onResume();
        toast(t("resumed", { name }));
      }
      await Promise.all([queries.invalidateQueries({ queryKey: ["suppliers"] }), queries.invalidateQueries({ queryKey: ["project_suppliers"] })]);
    });
  return (
    <>
      <Button size={scope === "project" ? "s" : "m"} kind={isActive ? "danger" : "plain"} aria-label={t(isActive ? "suspend_of" : "resume_of", { name })} onPress={() => setAsked(true)}>
        {isActive ? t("suspend") : t("resume")}
      </Button>
      <Confirm
        title={t(isActive ? "suspend_of" : "resume_of", { name })}
        text={isActive ? t(`suspend_${scope}_text`) : t("resume_text")}
        action={isActive ? t("suspend") : t("resume")}
        isDangerous={isActive}
        isOpen={isAsked}
        onClose={() => setAsked(false)}
        onConfirm={run}
      />
    </>
  );
}
