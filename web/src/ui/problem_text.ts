// What went wrong, in the reader's language: a title and what to do for each of the server's codes (src/messages/*/problems.json).
import { useTranslation } from "react-i18next";
import { ApiProblem } from "../api/problem";
import type en from "../messages/en/problems.json";

export interface ProblemText {
  title: string;
  /** What a person can do now. */
  advice: string;
  /** The server's own sentence, in English: it names the exact value and place. */
  detail: string;
}

type Known = keyof typeof en extends infer Key ? (Key extends `title_${infer Code}` ? Code : never) : never;

// One code, several forms: what was refused says it better.
const kRefused: Partial<Record<string, Known>> = { totp_code: "wrong_code", recovery_code: "wrong_code", password: "wrong_password" };

function wordsOf(code: string, where: string | undefined): string {
  return code === "not_authenticated" ? (kRefused[where ?? ""] ?? code) : code;
}

/** A title and what to do, for a code that came with an answer. */
export function useCodeText(): (code: string, where?: string) => Pick<ProblemText, "title" | "advice"> {
  const { t, i18n } = useTranslation("problems");
  return (code, where) => {
    const asked = wordsOf(code, where);
    const known = (i18n.exists(`problems:title_${asked}`) ? asked : "unknown") as Known;
    return { title: t(`title_${known}`), advice: t(`do_${known}`) };
  };
}

/** The server's sentence, and its hint where it has one. */
export const detailOf = (problem: { detail?: string; hint?: string }): string => [problem.detail, problem.hint].filter(Boolean).join(" — ");

export function useProblemText(): (error: unknown) => ProblemText {
  const { t } = useTranslation();
  const textOf = useCodeText();
  return (error) => {
    if (!(error instanceof ApiProblem)) return { ...textOf("unknown"), detail: error instanceof Error ? error.message : "" };
    if (error.code === "offline") return { title: t("offline"), advice: t("offline_text"), detail: "" };
    return { ...textOf(error.code, error.where), detail: detailOf(error.problem) };
  };
}
