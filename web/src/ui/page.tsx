// The frame of a page: its title (which also names the browser's tab), where it stands, what can be done.
import { useEffect, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";

interface PageProps {
  title: string;
  crumbs?: readonly { to: string; label: string }[];
  actions?: ReactNode;
  subnav?: ReactNode;
  size?: "m" | "narrow" | "wide";
  children: ReactNode;
}

export function Page({ title, crumbs, actions, subnav, size = "m", children }: PageProps) {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${title} · Mizan`;
  }, [title]);
  return (
    <main id="main" tabIndex={-1} className={size === "m" ? "page" : `page ${size}`}>
      <header className="stack tight">
        {crumbs?.length ? (
          <nav aria-label={t("crumbs")} className="no-print">
            <ol className="crumbs">
              {crumbs.map((crumb) => (
                <li key={crumb.to}>
                  <Link href={crumb.to}>
                    <bdi>{crumb.label}</bdi>
                  </Link>
                </li>
              ))}
            </ol>
          </nav>
        ) : null}
        <div className="page-head">
          <h1>
            <bdi>{title}</bdi>
          </h1>
          {actions ? <div className="row no-print">{actions}</div> : null}
        </div>
        {subnav}
      </header>
      {children}
    </main>
  );
}

interface CardProps {
  title?: string;
  actions?: ReactNode;
  children: ReactNode;
}

export function Card({ title, actions, children }: CardProps) {
  return (
    <section className="card">
      {title ? (
        <div className="card-head">
          <h2>{title}</h2>
          {actions}
        </div>
      ) : null}
      {children}
    </section>
  );
}
