import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { api, isProblem, take, type Schemas } from "../api/client";
import { useRead } from "../api/query";
import { formatDate } from "../i18n/format";
import { useSettings } from "../i18n/settings";
import { Button, Field, Loading } from "../ui";
import { Door, FormProblem, useSubmit } from "./door";
import { enter } from "./store";

/** /invite#token: the token is in the fragment, so that no log or referrer ever holds it. */
export default function InvitePage() {
  const { t } = useTranslation("access");
  const [token] = useState(() => decodeURIComponent(location.hash.slice(1)) || new URLSearchParams(location.search).get("token") || "");
  const invite = useRead(["invite", token], () => take(api.POST("/api/v1/invites:look", { body: { token } })));
  return (
    <Door title={t("invitation")}>
      {invite.data ? <AcceptForm token={token} invite={invite.data} /> : null}
      {invite.isPending ? <Loading /> : null}
      <FormProblem error={invite.error} />
    </Door>
  );
}

function AcceptForm({ token, invite }: { token: string; invite: Schemas["InviteView"] }) {
  const { t } = useTranslation("access");
  const { language } = useSettings();
  const [, go] = useLocation();
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [needsCode, setNeedsCode] = useState(false);
  const { isBusy, error, submit } = useSubmit(async () => {
    const body: Schemas["AcceptInvite"] = { token, password };
    if (!invite.has_account) Object.assign(body, { name, language });
    if (needsCode) body.totp_code = code;
    try {
      await enter(await take(api.POST("/api/v1/invites:accept", { body })));
      go("/", { replace: true });
    } catch (problem) {
      if (!needsCode && isProblem(problem) && problem.where === "totp_code") setNeedsCode(true);
      else throw problem;
    }
  });
  return (
    <form className="stack" onSubmit={submit}>
      <dl className="facts">
        <dt>{t("email")}</dt>
        <dd>
          <bdi dir="ltr">{invite.email}</bdi>
        </dd>
        <dt>{t("role")}</dt>
        <dd>{t(`role_${invite.role}`)}</dd>
        <dt>{t("valid_until")}</dt>
        <dd>{formatDate(invite.expires_at)}</dd>
      </dl>
      {invite.has_account ? <p className="muted">{t("invite_has_account")}</p> : null}
      {invite.has_account ? null : <Field label={t("name")} value={name} onChange={setName} autoComplete="name" isRequired />}
      <Field
        label={t("password")}
        hint={invite.has_account ? undefined : t("password_hint")}
        type="password"
        value={password}
        onChange={setPassword}
        autoComplete={invite.has_account ? "current-password" : "new-password"}
        dir="ltr"
        isRequired
      />
      {needsCode ? <Field label={t("totp_code")} value={code} onChange={setCode} autoComplete="one-time-code" dir="ltr" isRequired /> : null}
      <FormProblem error={error} />
      <Button type="submit" kind="primary" isPending={isBusy}>
        {t("accept")}
      </Button>
    </form>
  );
}
