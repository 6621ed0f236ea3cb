import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, Dialog, Field } from "../ui";

const kReasons = ["skip_unclear", "skip_language", "skip_broken", "skip_knowledge", "skip_harmful"] as const;
type Reason = (typeof kReasons)[number] | "skip_else";

interface SkipDialogProps {
  isOpen: boolean;
  onClose: () => void;
  onSkip: (reason: string) => void;
}

/** A task is passed on with a reason; it never comes back to the same annotator. */
export function SkipDialog({ isOpen, onClose, onSkip }: SkipDialogProps) {
  const { t } = useTranslation("workbench");
  const [reason, setReason] = useState<Reason>("skip_unclear");
  const [text, setText] = useState("");
  const isWhole = reason !== "skip_else" || text.trim() !== "";
  return (
    <Dialog title={t("skip_title")} isOpen={isOpen} onClose={onClose}>
      <p className="muted">{t("skip_text")}</p>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (!isWhole) return;
          onSkip(reason === "skip_else" ? text.trim() : t(reason));
          onClose();
        }}
      >
        <div role="radiogroup" aria-label={t("skip_title")} className="stack tight">
          {[...kReasons, "skip_else" as const].map((each) => (
            <label key={each} className="choice">
              <input type="radio" name="skip" checked={reason === each} onChange={() => setReason(each)} />
              <span>{t(each)}</span>
            </label>
          ))}
        </div>
        {reason === "skip_else" ? <Field label={t("skip_reason")} value={text} onChange={setText} isRequired autoFocus /> : null}
        <div className="row end">
          <Button onPress={onClose}>{t("cancel")}</Button>
          <Button type="submit" kind="primary" isDisabled={!isWhole}>
            {t("skip")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
