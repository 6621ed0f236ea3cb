import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, take } from "../api/client";
import { useSettings } from "../i18n/settings";
import { Button, Field } from "../ui";
import { Door, FormProblem, useSubmit } from "./door";
import { enter } from "./store";

/** The first start: whoever can read the server's terminal becomes the owner. */
export function SetUpPage() {
  const { t } = useTranslation("access");
  const { language } = useSettings();
  const [token, setToken] = useState(() => new URLSearchParams(location.search).get("token") ?? "");
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const { isBusy, error, submit } = useSubmit(async () => {
    const body = { token: token.trim(), name, email, password, language };
    await enter(await take(api.POST("/api/v1/setup", { body })));
  });
  return (
    <Door title={t("set_up")} text={t("set_up_text")}>
      <form className="stack" onSubmit={submit}>
        <Field label={t("set_up_token")} hint={t("set_up_token_hint")} value={token} onChange={setToken} dir="ltr" autoFocus isRequired />
        <Field label={t("name")} value={name} onChange={setName} autoComplete="name" isRequired />
        <Field label={t("email")} type="email" value={email} onChange={setEmail} autoComplete="username" dir="ltr" isRequired />
        <Field label={t("password")} hint={t("password_hint")} type="password" value={password} onChange={setPassword} autoComplete="new-password" dir="ltr" minLength={10} isRequired />
        <FormProblem error={error} />
        <Button type="submit" kind="primary" isPending={isBusy}>
          {t("make_owner")}
        </Button>
      </form>
    </Door>
  );
}
