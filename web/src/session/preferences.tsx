// Language and theme, in the bar at the top. (The form of the profile is a file of its own: it is heavier.)
import { useTranslation } from "react-i18next";
import { useSettings, type Language, type Settings, type Theme } from "../i18n/settings";
import { Button, toast, useProblemText } from "../ui";
import { saveSettings } from "./store";

export function useSave(): (change: Partial<Settings>) => void {
  const problemText = useProblemText();
  return (change) => {
    saveSettings(change).catch((error: unknown) => toast(problemText(error).title, "bad"));
  };
}

/** The other language, in its own words. */
export function LanguageSwitch() {
  const { language } = useSettings();
  const save = useSave();
  const other: Language = language === "ar" ? "en" : "ar";
  return (
    <Button kind="quiet" size="s" onPress={() => save({ language: other })}>
      <span lang={other}>{other === "ar" ? "العربية" : "English"}</span>
    </Button>
  );
}

export function ThemeSwitch() {
  const { t } = useTranslation();
  const { theme } = useSettings();
  const save = useSave();
  const next: Theme = theme === "system" ? "light" : theme === "light" ? "dark" : "system";
  const signs: Record<Theme, string> = { system: "◐", light: "☀", dark: "☾" };
  const labels: Record<Theme, string> = { system: t("theme_system"), light: t("theme_light"), dark: t("theme_dark") };
  return (
    <Button kind="quiet" size="s" aria-label={`${t("theme")}: ${labels[theme]}`} onPress={() => save({ theme: next })}>
      <span aria-hidden="true">{signs[theme]}</span>
    </Button>
  );
}
