import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import { LanguageSwitch, ThemeSwitch } from "../session/preferences";
import { signOut, useMe } from "../session/store";
import { Menu, Wordmark } from "../ui";
import { isBelow } from "../ui/below";
import { sections } from "./routes";

/** The bar at the top and what is below it. */
export function Shell({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const me = useMe();
  const [location, go] = useLocation();
  return (
    <div className="shell">
      <header className="topbar no-print">
        <a className="skip-link" href="#main">
          {t("skip_to_content")}
        </a>
        <Wordmark />
        <nav aria-label={t("main_navigation")}>
          {sections
            .filter((section) => section.isFor(me))
            .map(({ path, title }) => (
              <Link key={path} href={path} aria-current={isBelow(location, path) ? "page" : undefined}>
                {t(title)}
              </Link>
            ))}
        </nav>
        <div className="row end">
          <LanguageSwitch />
          <ThemeSwitch />
          <Menu
            label={t("account_menu")}
            entries={[
              { id: "profile", label: t("profile"), onAction: () => go("/profile") },
              { id: "sign_out", label: t("sign_out"), onAction: () => void signOut() },
            ]}
          >
            <span className="avatar" aria-hidden="true">
              {Array.from(me.name.trim() || "?")[0]}
            </span>
          </Menu>
        </div>
      </header>
      {children}
    </div>
  );
}
