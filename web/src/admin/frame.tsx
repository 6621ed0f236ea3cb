// The frame of the screens about people, keys and the server.
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../session/store";
import { Page, SubNav } from "../ui";
import { isOwner, seesAuditLog } from "./rights";

interface AdminFrameProps {
  title: string;
  actions?: ReactNode;
  children: ReactNode;
}

export function AdminFrame({ title, actions, children }: AdminFrameProps) {
  const { t } = useTranslation("people");
  const me = useMe();
  const links = [
    { to: "/people", label: t("members") },
    { to: "/people/invites", label: t("invitations") },
    { to: "/people/keys", label: t("keys") },
    ...(isOwner(me) || seesAuditLog(me) ? [{ to: "/people/health", label: t("health") }] : []),
  ];
  return (
    <Page title={title} actions={actions} subnav={<SubNav label={t("people")} links={links} />}>
      {children}
    </Page>
  );
}
