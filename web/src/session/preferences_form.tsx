import { useTranslation } from "react-i18next";
import { useSettings, type Digits, type Language, type Theme } from "../i18n/settings";
import { Select } from "../ui";
import { useSave } from "./preferences";

/** Language, theme and digits. */
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
