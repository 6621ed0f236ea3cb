import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "wouter";
import { Page, Select, SubNav } from "../ui";
import { useNames } from "../admin/names";
import { useMySupplier } from "./mine";

interface PortalFrameProps {
  title: string;
  actions?: ReactNode;
  children: ReactNode;
}

/** The frame of the portal's screens: the same supplier on all of them. */
export function PortalFrame({ title, actions, children }: PortalFrameProps) {
  const { t } = useTranslation("portal");
  const { supplierId, all, choose } = useMySupplier();
  const nameOf = useNames();
  const [params] = useSearchParams();
  const kept = params.get("supplier") ? `?supplier=${params.get("supplier") ?? ""}` : "";
  const links = [
    { to: "/portal", label: t("overview") },
    { to: "/portal/people", label: t("people") },
    { to: "/portal/batches", label: t("batches") },
    { to: "/portal/quality", label: t("quality") },
    { to: "/portal/keys", label: t("keys") },
  ].map((link) => ({ ...link, to: link.to + kept }));
  return (
    <Page title={title} crumbs={[{ to: `/portal${kept}`, label: nameOf(supplierId) }]} actions={actions} subnav={<SubNav label={t("portal")} links={links} />}>
      {all.length > 1 ? (
        <div className="filters">
          <Select label={t("supplier")} value={supplierId} options={all.map((id) => ({ value: id, label: nameOf(id) }))} onChange={choose} />
        </div>
      ) : null}
      {children}
    </Page>
  );
}
