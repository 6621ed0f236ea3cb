import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "./button";

interface CopyBoxProps {
  label: string;
  text: string;
}

/** Something to take along, a link or a secret: shown whole, copied by a press. */
export function CopyBox({ label, text }: CopyBoxProps) {
  const { t } = useTranslation();
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  return (
    <div className="field">
      <span className="label">{label}</span>
      <code className="secret" dir="ltr" tabIndex={0}>
        {text}
      </code>
      <div className="row end">
        <Button size="s" onPress={() => void copy()}>
          {isCopied ? t("copied") : t("copy")}
        </Button>
      </div>
    </div>
  );
}
