import { useTranslation } from "react-i18next";
import { Button, ProblemDetail, useCodeText } from "../ui";
import type { Desk, DeskState } from "./desk";

/** What keeps answers from being sent, and what to do about it. */
export function OutboxNotice({ desk, state }: { desk: Desk; state: DeskState }) {
  const { t } = useTranslation("workbench");
  const textOf = useCodeText();
  const words = (code: string) => {
    const { title, advice } = textOf(code);
    return `${title}. ${advice}`;
  };
  const refused = state.waiting.filter((each) => each.refused !== null);
  return (
    <>
      {state.isSignedOut ? (
        <div className="notice" data-tone="warn" role="alert">
          <strong>{t("signed_out")}</strong>
          <div>
            <Button size="s" onPress={() => location.reload()}>
              {t("sign_in_again")}
            </Button>
          </div>
        </div>
      ) : null}
      {state.isAway ? (
        <div className="notice" data-tone="warn">
          <strong>{t("network_away")}</strong>
          <span>{t("network_away_text", { count: state.held.length })}</span>
          <div>
            <Button size="s" onPress={desk.wake}>
              {t("try_now")}
            </Button>
          </div>
        </div>
      ) : null}
      {refused.map((each) => (
        <div key={each.assignment_id} className="notice" data-tone="bad" role="alert">
          <strong>{t("refused")}</strong>
          <span>{words(each.refused_code ?? "unknown")}</span>
          <ProblemDetail text={each.refused ?? ""} />
          <div className="row">
            {each.kind === "submit" ? (
              <Button size="s" onPress={() => void desk.mend(each)}>
                {t("open_again")}
              </Button>
            ) : null}
            <Button size="s" kind="quiet" onPress={() => void desk.forget(each)}>
              {t("put_away")}
            </Button>
          </div>
        </div>
      ))}
    </>
  );
}
