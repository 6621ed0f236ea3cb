import { useTranslation } from "react-i18next";
import { Link } from "wouter";

/** The icon: a balance. It takes the colour of its text. */
export function Balance() {
  return (
    <svg viewBox="0 0 64 64" aria-hidden="true" focusable="false">
      <g fill="none" stroke="currentColor" strokeWidth="4" strokeLinecap="round" strokeLinejoin="round">
        <path d="M32 11v42M20 53h24M12 19h40M12 19 4 38h16zM52 19l-8 19h16z" />
      </g>
      <path d="M3 38h18a9 8 0 0 1-18 0zM43 38h18a9 8 0 0 1-18 0z" fill="currentColor" />
      <circle cx="32" cy="11" r="4.500" fill="currentColor" />
    </svg>
  );
}

export function Wordmark() {
  const { t } = useTranslation();
  return (
    <Link href="/" className="wordmark" aria-label={t("brand")}>
      <Balance />
      <span>{t("brand")}</span>
    </Link>
  );
}
