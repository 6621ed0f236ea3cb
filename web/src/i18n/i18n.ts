// The words of the app, by area ("namespace") and language; loaded when a screen needs them.
import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { formatDate, formatNumber, formatPercent } from "./format";
import { settings, type Language } from "./settings";

const files = import.meta.glob<Record<string, string>>("../messages/*/*.json", { import: "default" });

export type Area = "common" | "access" | "task" | "workbench" | "console" | "project" | "quality" | "portal" | "people" | "suppliers" | "problems";

const loaded = new Set<Area>();

async function load(language: Language, area: Area): Promise<void> {
  if (i18next.hasResourceBundle(language, area)) return;
  const file = files[`../messages/${language}/${area}.json`];
  if (file) i18next.addResourceBundle(language, area, await file());
}

/** Makes sure that the words of these areas are there, in the language of now. */
export async function loadAreas(areas: readonly Area[]): Promise<void> {
  for (const area of areas) loaded.add(area);
  await Promise.all(areas.map((area) => load(settings.get().language, area)));
}

export async function startI18n(): Promise<void> {
  const { language } = settings.get();
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    ns: ["common"],
    defaultNS: "common",
    keySeparator: false,
    resources: {},
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  const formatter = i18next.services.formatter;
  formatter?.add("number", (value) => formatNumber(Number(value)));
  formatter?.add("percent", (value) => formatPercent(Number(value)));
  formatter?.add("date", (value) => formatDate(String(value)));
  await loadAreas(["common", "problems"]);
}

/** Changes the language of everything on the screen, once its words are there. */
export async function changeLanguage(language: Language): Promise<void> {
  settings.set({ language });
  await Promise.all([...loaded].map((area) => load(language, area)));
  await i18next.changeLanguage(language);
}
