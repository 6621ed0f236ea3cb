import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, take, type Schemas } from "../api/client";
import { formatNumber } from "../i18n/format";
import { FormProblem, useSubmit } from "../session/door";
import { Button } from "../ui";
import { CopyBox } from "../ui/copy_box";

/** Reads the whole chain of hashes and says whether it holds. */
export function VerifyLog() {
  const { t } = useTranslation("people");
  const [verdict, setVerdict] = useState<Schemas["AuditLogVerdict"] | null>(null);
  const { isBusy, error, submit } = useSubmit(async () => setVerdict(await take(api.GET("/api/v1/audit_log:verify"))));
  return (
    <div className="stack tight">
      <div>
        <Button onPress={() => submit()} isPending={isBusy}>
          {t("verify")}
        </Button>
      </div>
      <FormProblem error={error} />
      {verdict ? (
        <div className="notice" data-tone={verdict.problem ? "bad" : "good"} role="status">
          <strong>{verdict.problem ? t("chain_broken") : t("chain_holds")}</strong>
          <span>{verdict.problem ? <bdi dir="auto">{verdict.problem}</bdi> : t("chain_checked", { number: formatNumber(verdict.entry_count) })}</span>
          {verdict.head_hash ? <CopyBox label={t("head_hash")} text={verdict.head_hash} /> : null}
        </div>
      ) : null}
    </div>
  );
}
