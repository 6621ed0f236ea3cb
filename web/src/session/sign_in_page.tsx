import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, isProblem, take } from "../api/client";
import { ApiProblem } from "../api/problem";
import { useRead } from "../api/query";
import { Button, Field, Loading } from "../ui";
import { Door, FormProblem, useSubmit } from "./door";
import { SetUpPage } from "./set_up_page";
import { enter } from "./store";

/** In front of everything: the first owner is made here too, when there is none. */
export default function SignInPage() {
  const setUp = useRead(["setup"], () => take(api.GET("/api/v1/setup")));
  if (setUp.isPending)
    return (
      <main className="door">
        <Loading />
      </main>
    );
  return setUp.data?.is_needed ? <SetUpPage /> : <SignInForm />;
}

function SignInForm() {
  const { t } = useTranslation("access");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [needsCode, setNeedsCode] = useState(false);
  const [isRecovery, setRecovery] = useState(false);
  const { isBusy, error, setError, submit } = useSubmit(async () => {
    const second = needsCode ? { [isRecovery ? "recovery_code" : "totp_code"]: code } : {};
    try {
      await enter(await take(api.POST("/api/v1/sessions", { body: { email, password, ...second } })));
    } catch (problem) {
      if (!needsCode && isProblem(problem) && problem.where === "totp_code") setNeedsCode(true);
      else if (isProblem(problem, "forbidden")) throw new ApiProblem(problem.status, "account_suspended", problem.problem);
      else throw problem;
    }
  });
  return (
    <Door title={t("sign_in")} text={needsCode ? t("second_factor_text") : undefined}>
      <form className="stack" onSubmit={submit}>
        {needsCode ? (
          <Field
            key={isRecovery ? "recovery" : "code"}
            label={isRecovery ? t("recovery_code") : t("totp_code")}
            value={code}
            onChange={setCode}
            autoComplete="one-time-code"
            dir="ltr"
            autoFocus
            isRequired
          />
        ) : (
          <>
            <Field label={t("email")} type="email" value={email} onChange={setEmail} autoComplete="username" dir="ltr" autoFocus isRequired />
            <Field label={t("password")} type="password" value={password} onChange={setPassword} autoComplete="current-password" dir="ltr" isRequired />
          </>
        )}
        <FormProblem error={error} />
        <Button type="submit" kind="primary" isPending={isBusy}>
          {t("sign_in")}
        </Button>
        {needsCode ? (
          <Button
            kind="quiet"
            onPress={() => {
              setRecovery(!isRecovery);
              setCode("");
              setError(null);
            }}
          >
            {isRecovery ? t("use_totp_code") : t("use_recovery_code")}
          </Button>
        ) : null}
      </form>
    </Door>
  );
}
