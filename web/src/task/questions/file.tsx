// A file is named by its address, and known by its digest: choosing it here reads its name, kind, size and SHA-256.
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { formatNumber } from "../../i18n/format";
import { Button } from "../../ui";
import type { FileAnswer, FileQuestion } from "../template";
import type { QuestionProps } from "./props";

async function factsOf(file: File): Promise<FileAnswer> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
  const sha256 = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return { name: file.name, media_type: file.type || "application/octet-stream", size_bytes: file.size, sha256, uri: "" };
}

export function Files({ question, answer, onChange, labelId, isReadOnly }: QuestionProps<FileQuestion, FileAnswer[]>) {
  const { t } = useTranslation("task");
  const id = useId();
  const files = answer ?? [];
  const set = (next: FileAnswer[]) => onChange(next.length ? next : undefined);
  return (
    <div className="stack tight" role="group" aria-labelledby={labelId}>
      {files.map((file, index) => (
        <div key={file.sha256} className="file-row">
          <div className="row between">
            <bdi>{file.name}</bdi>
            <span className="muted small">{t("kilobytes", { size: formatNumber(file.size_bytes / 1000, 1) })}</span>
          </div>
          <div className="field">
            <label htmlFor={id + file.sha256}>{t("file_address")}</label>
            <input
              id={id + file.sha256}
              className="input"
              type="url"
              dir="ltr"
              readOnly={isReadOnly}
              value={file.uri}
              onChange={(event) => set(files.map((each, at) => (at === index ? { ...each, uri: event.target.value } : each)))}
            />
          </div>
          {isReadOnly ? null : (
            <Button size="s" kind="quiet" onPress={() => set(files.filter((_, at) => at !== index))}>
              {t("remove_file")}
            </Button>
          )}
        </div>
      ))}
      {isReadOnly || files.length >= (question.max ?? 1) ? null : (
        <label className="button" data-size="s">
          {t("choose_file")}
          <input
            type="file"
            className="sr-only"
            accept={question.media_types?.join(",")}
            onChange={(event) => {
              const file = event.target.files?.[0];
              event.target.value = "";
              if (file && file.size <= (question.max_bytes ?? Infinity)) void factsOf(file).then((facts) => set([...files, facts]));
            }}
          />
        </label>
      )}
    </div>
  );
}
