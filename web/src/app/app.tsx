import { QueryClientProvider } from "@tanstack/react-query";
import { Component, Suspense, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { I18nProvider } from "react-aria-components/I18nProvider";
import { Redirect, Route, Switch } from "wouter";
import { queries } from "../api/query";
import { locale } from "../i18n/format";
import { useSettings } from "../i18n/settings";
import { useProfile } from "../session/store";
import { Empty, LinkButton, Loading, Page, Problem } from "../ui";
import { Toasts } from "../ui/toast";
import { homeOf, invitePage, screens, signInPage } from "./routes";
import { Shell } from "./shell";

export function App() {
  useSettings();
  return (
    <QueryClientProvider client={queries}>
      <I18nProvider locale={locale()}>
        <Guard>
          <Suspense fallback={<Waiting />}>
            <Switch>
              <Route path={invitePage.path} component={invitePage.page} />
              <Route component={Inside} />
            </Switch>
          </Suspense>
        </Guard>
        <Toasts />
      </I18nProvider>
    </QueryClientProvider>
  );
}

/** Everything that needs somebody signed in; sign-in itself when nobody is. */
function Inside() {
  const profile = useProfile();
  if (profile.isPending) return <Waiting />;
  if (profile.error) return <Broken error={profile.error} onRetry={() => void profile.refetch()} />;
  if (!profile.data) return <signInPage.page />;
  const mine = screens.filter((screen) => screen.isFor(profile.data as NonNullable<typeof profile.data>));
  return (
    <Shell>
      <Suspense fallback={<Waiting />}>
        <Switch>
          <Route path="/">
            <Redirect to={homeOf(profile.data)} replace />
          </Route>
          {mine.map(({ path, page }) => (
            <Route key={path} path={path} component={page} />
          ))}
          <Route component={NotFound} />
        </Switch>
      </Suspense>
    </Shell>
  );
}

function Waiting() {
  return (
    <div className="page" aria-busy="true">
      <Loading lines={6} />
    </div>
  );
}

function Broken({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <main className="page narrow">
      <Problem error={error} onRetry={onRetry} />
    </main>
  );
}

function NotFound() {
  const { t } = useTranslation();
  return (
    <Page title={t("page_missing")} size="narrow">
      <Empty title={t("page_missing")} text={t("page_missing_text")}>
        <LinkButton to="/">{t("go_home")}</LinkButton>
      </Empty>
    </Page>
  );
}

/** A mistake in a screen shows itself instead of a blank page. */
class Guard extends Component<{ children: ReactNode }, { error: unknown }> {
  override state = { error: null };
  static getDerivedStateFromError(error: unknown) {
    return { error };
  }
  override render() {
    if (!this.state.error) return this.props.children;
    return <Broken error={this.state.error} onRetry={() => location.reload()} />;
  }
}
