import { useState } from "react";
import { useTranslation } from "react-i18next";

/** A place to drop a file on, which is a file field too. */
export function Drop({ onFile }: { onFile: (file: File) => void }) {
  const { t } = useTranslation("console");
  const [isOver, setOver] = useState(false);
  return (
    <label
      className="drop"
      data-over={isOver || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const file = event.dataTransfer.files[0];
        if (file) onFile(file);
      }}
    >
      <span>
        <strong>{t("choose_file")}</strong>
        <span className="muted small">{t("choose_file_text")}</span>
      </span>
      <span className="button" aria-hidden="true">
        {t("browse")}
      </span>
      <input
        type="file"
        className="sr-only"
        accept=".jsonl,.ndjson,.json,.csv,.parquet,.gz"
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) onFile(file);
        }}
      />
    </label>
  );
}
