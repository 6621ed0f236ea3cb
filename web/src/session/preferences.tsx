// Language, theme and digits, wherever they can be chosen.
import { useTranslation } from "react-i18next";
import { useSettings, type Digits, type Language, type Settings, type Theme } from "../i18n/settings";
import { Button, Select, toast, useProblemText } from "../ui";
import { saveSettings } from "./store";

function useSave(): (change: Partial<Settings>) => void {
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

export function Preferences() {
  const { t } = useTranslation();
  const { language, theme, digits } = useSettings();
  const save = useSave();
  return (
    <div className="stack">
      <Select<Language>
        label={t("language")}
        value={language}
        onChange={(value) => save({ language: value })}
        options={[
          { value: "en", label: "English" },
          { value: "ar", label: "العربية" },
        ]}
      />
      <Select<Theme>
        label={t("theme")}
        value={theme}
        onChange={(value) => save({ theme: value })}
        options={[
          { value: "system", label: t("theme_system") },
          { value: "light", label: t("theme_light") },
          { value: "dark", label: t("theme_dark") },
        ]}
      />
      <Select<Digits>
        label={t("digits")}
        value={digits}
        onChange={(value) => save({ digits: value })}
        options={[
          { value: "language", label: t("digits_language") },
          { value: "latin", label: t("digits_latin") },
          { value: "arabic", label: t("digits_arabic") },
        ]}
      />
    </div>
  );
}
