import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, take, type Schemas } from "../api/client";
import { Badge, Button, Field } from "../ui";
import { FormProblem, useSubmit } from "./door";
import { refreshProfile, useMe } from "./store";

/** Turns the one-time code on and off, and shows the recovery codes once. */
export function SecondFactor() {
  const { t } = useTranslation("access");
  const me = useMe();
  const [codes, setCodes] = useState<string[] | null>(null);
  if (codes) return <RecoveryCodes codes={codes} onDone={() => setCodes(null)} />;
  return me.has_second_factor ? (
    <>
      <p>
        <Badge tone="good">{t("second_factor_on")}</Badge>
      </p>
      <WithPassword action={t("turn_off")} run={turnOff} />
    </>
  ) : (
    <Enrol onCodes={setCodes} />
  );
}

async function turnOff(password: string): Promise<void> {
  await take(api.POST("/api/v1/profile/totp:disable", { body: { password } }));
  await refreshProfile();
}

function WithPassword({ action, run }: { action: string; run: (password: string) => Promise<void> }) {
  const { t } = useTranslation("access");
  const [password, setPassword] = useState("");
  const { isBusy, error, submit } = useSubmit(() => run(password));
  return (
    <form className="stack" onSubmit={submit}>
      <Field label={t("password")} type="password" value={password} onChange={setPassword} autoComplete="current-password" dir="ltr" isRequired />
      <FormProblem error={error} />
      <div className="row end">
        <Button type="submit" isPending={isBusy}>
          {action}
        </Button>
      </div>
    </form>
  );
}

function Enrol({ onCodes }: { onCodes: (codes: string[]) => void }) {
  const { t } = useTranslation("access");
  const [enrolment, setEnrolment] = useState<Schemas["TotpEnrolment"] | null>(null);
  const [code, setCode] = useState("");
  const begin = useSubmit(async () => setEnrolment(await take(api.POST("/api/v1/profile/totp:enrol"))));
  const confirm = useSubmit(async () => {
    const { recovery_codes } = await take(api.POST("/api/v1/profile/totp:confirm", { body: { totp_code: code.trim() } }));
    onCodes(recovery_codes);
    await refreshProfile();
  });
  if (!enrolment)
    return (
      <div className="stack">
        <p className="muted">{t("second_factor_why")}</p>
        <FormProblem error={begin.error} />
        <div className="row end">
          <Button isPending={begin.isBusy} onPress={() => begin.submit()}>
            {t("turn_on")}
          </Button>
        </div>
      </div>
    );
  return (
    <form className="stack" onSubmit={confirm.submit}>
      <p>{t("totp_secret_text")}</p>
      <p>
        <code dir="ltr" className="secret">
          {enrolment.secret}
        </code>
      </p>
      <p>
        <a href={enrolment.otpauth_uri}>{t("totp_open")}</a>
      </p>
      <Field label={t("totp_code")} value={code} onChange={setCode} autoComplete="one-time-code" dir="ltr" isRequired />
      <FormProblem error={confirm.error} />
      <div className="row end">
        <Button type="submit" kind="primary" isPending={confirm.isBusy}>
          {t("confirm")}
        </Button>
      </div>
    </form>
  );
}

function RecoveryCodes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const { t } = useTranslation("access");
  return (
    <div className="stack">
      <p>{t("recovery_codes_text")}</p>
      <pre dir="ltr">{codes.join("\n")}</pre>
      <div className="row end">
        <Button kind="primary" onPress={onDone}>
          {t("recovery_codes_kept")}
        </Button>
      </div>
    </div>
  );
}
