import { useTranslation } from "react-i18next";
import { kReasons, useReasonText } from "../review/reasons";
import { Card, Check, Field, Select } from "../ui";
import type { EscalateTo, Grace, Overlap, SettingsForm } from "./settings_form";

interface PartProps {
  form: SettingsForm;
  onChange: (part: Partial<SettingsForm>) => void;
}
type TextName = { [K in keyof SettingsForm]: SettingsForm[K] extends string ? (string extends SettingsForm[K] ? K : never) : never }[keyof SettingsForm];

function NumberField({ form, onChange, name, label, min = 0, max, step = 1 }: PartProps & { name: TextName; label: string; min?: number; max?: number; step?: number | "any" }) {
  return <Field label={label} type="number" dir="ltr" value={form[name]} onChange={(text) => onChange({ [name]: text })} min={min} max={max} step={step} isRequired />;
}

const kOverlaps: readonly Overlap[] = ["fixed", "stratified", "adaptive"];

export function OverlapFields(part: PartProps) {
  const { t } = useTranslation("people");
  const { form, onChange } = part;
  return (
    <Card title={t("overlap")}>
      <div className="stack">
        <Select label={t("overlap_kind")} value={form.kind} options={kOverlaps.map((value) => ({ value, label: t(`overlap_${value}`) }))} onChange={(kind) => onChange({ kind })} />
        <p className="muted small">{t(`overlap_${form.kind}_text`)}</p>
        <div className="grid">
          <NumberField {...part} name="labels_per_task" label={t("labels_per_task")} min={1} max={1000} />
          {form.kind === "fixed" ? null : <NumberField {...part} name="max_labels_per_task" label={t("max_labels_per_task")} min={1} max={1000} />}
          {form.kind === "stratified" ? <NumberField {...part} name="stratified_share" label={t("stratified_share")} max={100} step="any" /> : null}
          {form.kind === "adaptive" ? <NumberField {...part} name="target_posterior" label={t("target_posterior")} min={50} max={100} step="any" /> : null}
        </div>
      </div>
    </Card>
  );
}

export function GoldFields(part: PartProps) {
  const { t } = useTranslation("people");
  const { form, onChange } = part;
  return (
    <Card title={t("gold")}>
      <div className="stack">
        <p className="muted small">{t("gold_text")}</p>
        <div className="grid">
          <NumberField {...part} name="rate_at_start" label={t("rate_at_start")} max={100} step="any" />
          <NumberField {...part} name="rate_later" label={t("rate_later")} max={100} step="any" />
          <NumberField {...part} name="tenure_annotations" label={t("tenure_annotations")} max={1_000_000} />
        </div>
        <Check label={t("training")} isSelected={form.training} onChange={(training) => onChange({ training })} />
      </div>
    </Card>
  );
}

const kGraces: readonly Grace[] = ["refuse", "if_room", "always"];

export function TimeFields(part: PartProps) {
  const { t } = useTranslation("people");
  const { form, onChange } = part;
  return (
    <Card title={t("leases")}>
      <div className="grid">
        <NumberField {...part} name="lease_minutes" label={t("lease_minutes")} min={0.05} step="any" />
        <NumberField {...part} name="live_assignments" label={t("live_assignments")} min={1} max={10000} />
        <Select label={t("grace")} value={form.grace} options={kGraces.map((value) => ({ value, label: t(`grace_${value}`) }))} onChange={(grace) => onChange({ grace })} />
      </div>
    </Card>
  );
}

const kEscalations: readonly EscalateTo[] = ["none", "crowd", "expert", "staff", "model"];

export function AnswersFields(part: PartProps) {
  const { t } = useTranslation("people");
  const { form, onChange } = part;
  const reasonText = useReasonText();
  return (
    <Card title={t("review")}>
      <div className="stack">
        <div className="grid">
          <NumberField {...part} name="review_share" label={t("review_share")} max={100} step="any" />
          <Select label={t("escalate_to")} value={form.escalate_to} options={kEscalations.map((value) => ({ value, label: value === "none" ? t("nobody") : t(`kind_${value}`) }))} onChange={(escalate_to) => onChange({ escalate_to })} />
        </div>
        <fieldset className="field">
          <legend>{t("review_reasons")}</legend>
          {kReasons.map((reason) => (
            <Check
              key={reason}
              label={reasonText(reason)}
              isSelected={form.known_reasons.includes(reason)}
              onChange={(isOn) => onChange({ known_reasons: kReasons.filter((each) => (each === reason ? isOn : form.known_reasons.includes(each))) })}
            />
          ))}
        </fieldset>
        <Field label={t("own_reasons")} hint={t("one_a_line")} value={form.own_reasons} onChange={(own_reasons) => onChange({ own_reasons })} rows={2} dir="auto" />
      </div>
    </Card>
  );
}

export function TeamFields({ form, onChange }: PartProps) {
  const { t } = useTranslation("people");
  return (
    <Card title={t("teams")}>
      <div className="grid">
        <Field label={t("required_teams")} hint={t("one_a_line")} value={form.required_teams} onChange={(required_teams) => onChange({ required_teams })} rows={3} />
        <Field label={t("forbidden_teams")} hint={t("one_a_line")} value={form.forbidden_teams} onChange={(forbidden_teams) => onChange({ forbidden_teams })} rows={3} />
      </div>
    </Card>
  );
}
