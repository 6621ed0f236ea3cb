// Why a reviewer did not accept: the reasons that every project has, in words; a project's own reasons as they were written.
import { useTranslation } from "react-i18next";

export const kReasons = ["wrong", "incomplete", "instructions_not_followed", "low_effort"] as const;

export function useReasonText(): (reason: string) => string {
  const { t } = useTranslation();
  return (reason) => {
    const known = kReasons.find((each) => each === reason);
    return known ? t(`reason_${known}`) : reason;
  };
}
