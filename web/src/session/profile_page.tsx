import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, take } from "../api/client";
import { queries, useRead } from "../api/query";
import { formatAgo } from "../i18n/format";
import { Badge, Button, Card, Field, Loaded, Page, Table, toast } from "../ui";
import { FormProblem, useSubmit } from "./door";
import { Preferences } from "./preferences_form";
import { SecondFactor } from "./second_factor";
import { refreshProfile, useMe } from "./store";

export default function ProfilePage() {
  const { t } = useTranslation("access");
  return (
    <Page title={t("profile")} size="narrow">
      <NameCard />
      <Card title={t("preferences")}>
        <Preferences />
      </Card>
      <PasswordCard />
      <Card title={t("second_factor")}>
        <SecondFactor />
      </Card>
      <RolesCard />
      <SessionsCard />
    </Page>
  );
}

function NameCard() {
  const { t } = useTranslation("access");
  const me = useMe();
  const [name, setName] = useState(me.name);
  const { isBusy, error, submit } = useSubmit(async () => {
    const header = { "If-Match": `"${String(me.version)}"` };
    await take(api.PATCH("/api/v1/profile", { params: { header }, body: { name } }));
    await refreshProfile();
    toast(t("saved"));
  });
  return (
    <Card title={t("you")}>
      <form className="stack" onSubmit={submit}>
        <Field label={t("name")} value={name} onChange={setName} autoComplete="name" isRequired />
        <Field label={t("email")} value={me.email ?? ""} onChange={() => undefined} isDisabled dir="ltr" />
        <FormProblem error={error} />
        <div className="row end">
          <Button type="submit" kind="primary" isPending={isBusy} isDisabled={name === me.name}>
            {t("save")}
          </Button>
        </div>
      </form>
    </Card>
  );
}

function PasswordCard() {
  const { t } = useTranslation("access");
  const [oldPassword, setOld] = useState("");
  const [newPassword, setNew] = useState("");
  const { isBusy, error, submit } = useSubmit(async () => {
    await take(api.POST("/api/v1/profile:change_password", { body: { old_password: oldPassword, new_password: newPassword } }));
    setOld("");
    setNew("");
    toast(t("password_changed"));
  });
  return (
    <Card title={t("password")}>
      <form className="stack" onSubmit={submit}>
        <Field label={t("old_password")} type="password" value={oldPassword} onChange={setOld} autoComplete="current-password" dir="ltr" isRequired />
        <Field label={t("new_password")} hint={t("password_hint")} type="password" value={newPassword} onChange={setNew} autoComplete="new-password" dir="ltr" minLength={10} isRequired />
        <FormProblem error={error} />
        <div className="row end">
          <Button type="submit" isPending={isBusy}>
            {t("change_password")}
          </Button>
        </div>
      </form>
    </Card>
  );
}

function RolesCard() {
  const { t } = useTranslation("access");
  const { memberships } = useMe();
  const scopes = { organisation: t("scope_organisation"), project: t("scope_project"), supplier: t("scope_supplier") };
  return (
    <Card title={t("roles")}>
      <ul className="row" style={{ listStyle: "none" }}>
        {memberships.map(({ role, scope, project_id, supplier_id }) => (
          <li key={role + scope + String(project_id) + String(supplier_id)}>
            <Badge tone="accent">
              {t(`role_${role}`)} · {scopes[scope]}
            </Badge>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function SessionsCard() {
  const { t } = useTranslation("access");
  const sessions = useRead(["sessions"], () => take(api.GET("/api/v1/sessions")));
  const end = async (session_id: string) => {
    await take(api.DELETE("/api/v1/sessions/{session_id}", { params: { path: { session_id } } }));
    await queries.invalidateQueries({ queryKey: ["sessions"] });
  };
  return (
    <Card title={t("sessions")}>
      <Loaded query={sessions}>
        {({ data }) => (
          <Table
            label={t("sessions")}
            rows={data}
            keyOf={(session) => session.session_id}
            columns={[
              {
                id: "agent",
                title: t("browser"),
                cell: (session) => (
                  <span className="stack tight">
                    <bdi>{session.agent.slice(0, 60)}</bdi>
                    <bdi dir="ltr" className="small muted">
                      {session.address}
                    </bdi>
                  </span>
                ),
              },
              { id: "seen", title: t("last_seen"), cell: (session) => formatAgo(session.last_seen_at) },
              {
                id: "end",
                title: <span className="sr-only">{t("actions")}</span>,
                cell: (session) =>
                  session.is_current ? (
                    <Badge tone="good">{t("this_session")}</Badge>
                  ) : (
                    <Button size="s" onPress={() => void end(session.session_id)}>
                      {t("end_session")}
                    </Button>
                  ),
              },
            ]}
          />
        )}
      </Loaded>
    </Card>
  );
}
