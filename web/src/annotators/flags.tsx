// What is odd about an annotator's answers, with the evidence in words.
import { useTranslation } from "react-i18next";
import type { Schemas } from "../api/client";
import { formatDuration, formatInterval, formatNumber, formatPercent } from "../i18n/format";
import { useAnnotatorName } from "../project/annotator_names";
import { Badge, Table } from "../ui";

type Quality = Schemas["AnnotatorQuality"];
type Flag = Schemas["AnnotatorFlag"];

const kCodes = ["random_answers", "constant_answers", "position_bound", "too_fast", "copied_work", "worse_than_chance"] as const;
const codeOf = (flag: Flag) => kCodes.find((code) => code === flag.code);

type TitleOf = (value: string) => string;

export function Flags({ quality, titleOf }: { quality: Quality; titleOf: TitleOf }) {
  const { t } = useTranslation("console");
  const nameOf = useAnnotatorName();
  if (quality.flags.length === 0 && quality.copied_pairs.length === 0)
    return (
      <p className="notice" data-tone="good">
        <strong>{t("no_flags")}</strong>
        <span className="small">{t("no_flags_text")}</span>
      </p>
    );
  return (
    <div className="stack">
      {quality.flags.map((flag) => (
        <OneFlag key={flag.code} flag={flag} titleOf={titleOf} />
      ))}
      {quality.copied_pairs.length > 0 ? (
        <Table
          label={t("copied_pairs")}
          rows={quality.copied_pairs}
          keyOf={(pair) => pair.contributor_id}
          columns={[
            { id: "who", title: t("agrees_with"), cell: (pair) => <bdi>{nameOf(pair.contributor_id)}</bdi> },
            { id: "shared", title: t("shared_tasks"), isNumber: true, cell: (pair) => formatNumber(pair.shared_task_count) },
            { id: "same", title: t("same_answer"), isNumber: true, cell: (pair) => (pair.agreement === null ? "—" : formatPercent(pair.agreement, 0)) },
            { id: "expected", title: t("expected"), isNumber: true, cell: (pair) => (pair.expected_agreement === null ? "—" : formatPercent(pair.expected_agreement, 0)) },
          ]}
        />
      ) : null}
      <p className="small muted">{t("flags_suggest")}</p>
    </div>
  );
}

function OneFlag({ flag, titleOf }: { flag: Flag; titleOf: TitleOf }) {
  const { t } = useTranslation("console");
  const evidence = useEvidence(titleOf);
  const code = codeOf(flag);
  const p = flag.p_value;
  return (
    <div className="notice" data-tone="bad">
      <div className="row between">
        <strong>{code ? t(`flag_${code}`) : flag.code}</strong>
        {p === null ? null : <Badge>{t("p_value", { value: p < 0.001 ? `< ${formatNumber(0.001, 3)}` : formatNumber(p, 3) })}</Badge>}
      </div>
      <span className="small">{evidence(flag)}</span>
    </div>
  );
}

// Keeps a name or a label of another script from turning the sentence around it.
const isolated = (text: string) => `\u2068${text}\u2069`;

/** The figures behind a flag as a sentence; the server's own for one that this app does not know. */
function useEvidence(titleOf: TitleOf): (flag: Flag) => string {
  const { t } = useTranslation("console");
  const nameOf = useAnnotatorName();
  return (flag) => {
    const args = flag.args as Record<string, number | string | null>;
    const number = (name: string) => Number(args[name] ?? 0);
    const share = (name: string) => formatPercent(number(name), 0);
    switch (codeOf(flag)) {
      case "random_answers":
        return t("evidence_random_answers", { agreement: share("agreement"), expected: share("expected") });
      case "constant_answers":
        return t("evidence_constant_answers", { label: isolated(titleOf(String(args.class ?? ""))), share: share("share"), expected: share("expected") });
      case "position_bound":
        return t("evidence_position_bound", { count: number("steps"), share: share("share"), expected: share("expected") });
      case "too_fast":
        if (args.median_seconds === undefined) return t("evidence_too_fast_plain", { share: share("share") });
        return t("evidence_too_fast", { share: share("share"), least: formatDuration(number("threshold_seconds")), median: formatDuration(number("median_seconds")) });
      case "copied_work":
        return t("evidence_copied_work", { other: isolated(nameOf(String(args.other))), count: number("shared_task_count") });
      case "worse_than_chance":
        return t("evidence_worse_than_chance", { accuracy: share("accuracy"), interval: isolated(formatInterval(number("low"), number("high"), 0)) });
      case undefined:
        return flag.evidence;
    }
  };
}
