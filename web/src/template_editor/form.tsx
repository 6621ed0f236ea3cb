// The form of a template: what is shown, what is asked.
import { useTranslation } from "react-i18next";
import type { Block, Question, Template } from "../task/template";
import { Button, Field, ProblemDetail, Select, useCodeText } from "../ui";
import { QuestionForm } from "./question_form";
import { kBlockTypes, newQuestion, moved, replaced, without } from "./changes";

export interface Mistake {
  where: string;
  code: string;
  /** The server's own sentence. */
  text: string;
}

interface TemplateFormProps {
  template: Template;
  onChange: (template: Template) => void;
  mistake: Mistake | null;
}

export function TemplateForm({ template, onChange, mistake }: TemplateFormProps) {
  const { t } = useTranslation("console");
  const blocks = template.display ?? [];
  const setBlocks = (display: Block[]) => onChange({ ...template, display });
  const setQuestions = (questions: Question[]) => onChange({ ...template, questions });
  const isPlaced = mistake !== null && /^\/(questions|display)\/\d+/.test(mistake.where);
  return (
    <div className="stack">
      {mistake && !isPlaced ? <MistakeNote mistake={mistake} /> : null}
      <Field label={t("title")} value={template.title ?? ""} onChange={(title) => onChange({ ...template, title: title || undefined })} />
      <section className="stack tight" aria-label={t("what_is_shown")}>
        <h2>{t("what_is_shown")}</h2>
        {blocks.map((block, index) => (
          <BlockForm
            key={index}
            block={block}
            mistake={mistakeAt(mistake, `/display/${String(index)}`)}
            onChange={(next) => setBlocks(replaced(blocks, index, next))}
            onUp={index > 0 ? () => setBlocks(moved(blocks, index, -1)) : null}
            onRemove={() => setBlocks(without(blocks, index))}
          />
        ))}
        <div>
          <Button size="s" onPress={() => setBlocks([...blocks, { type: "text", path: "/text" }])}>
            {t("add_block")}
          </Button>
        </div>
      </section>
      <section className="stack tight" aria-label={t("questions")}>
        <h2>{t("questions")}</h2>
        {template.questions.map((question, index) => (
          <QuestionForm
            key={index}
            question={question}
            mistake={mistakeAt(mistake, `/questions/${String(index)}`)}
            onChange={(next) => setQuestions(replaced(template.questions, index, next))}
            onUp={index > 0 ? () => setQuestions(moved(template.questions, index, -1)) : null}
            onRemove={template.questions.length > 1 ? () => setQuestions(without(template.questions, index)) : null}
          />
        ))}
        <div>
          <Button size="s" onPress={() => setQuestions([...template.questions, newQuestion("choice", template.questions)])}>
            {t("add_question")}
          </Button>
        </div>
      </section>
    </div>
  );
}

function mistakeAt(mistake: Mistake | null, place: string): Mistake | null {
  return mistake && (mistake.where === place || mistake.where.startsWith(`${place}/`)) ? mistake : null;
}

export function MistakeNote({ mistake }: { mistake: Mistake }) {
  const { title } = useCodeText()(mistake.code, mistake.where);
  return (
    <p className="notice" data-tone="bad" role="alert">
      <strong>{title}</strong>
      <ProblemDetail text={mistake.text} />
      {mistake.where ? <code dir="ltr">{mistake.where}</code> : null}
    </p>
  );
}

interface BlockFormProps {
  block: Block;
  mistake: Mistake | null;
  onChange: (block: Block) => void;
  onUp: (() => void) | null;
  onRemove: () => void;
}

function BlockForm({ block, mistake, onChange, onUp, onRemove }: BlockFormProps) {
  const { t } = useTranslation("console");
  const isPair = block.type === "side_by_side";
  return (
    <div className="part">
      {mistake ? <MistakeNote mistake={mistake} /> : null}
      <div className="part-row">
        <Select label={t("kind")} value={block.type} options={kBlockTypes.map((type) => ({ value: type, label: t(`block_${type}`) }))} onChange={(type) => onChange(asType(block, type))} />
        {isPair ? null : block.content === undefined ? (
          <Field label={t("path")} dir="ltr" value={block.path ?? ""} onChange={(path) => onChange({ ...block, path })} />
        ) : (
          <Field label={t("fixed_text")} value={block.content} onChange={(content) => onChange({ ...block, content })} />
        )}
        <Field label={t("title")} value={block.title ?? ""} onChange={(title) => onChange({ ...block, title: title || undefined })} />
        <PartButtons onUp={onUp} onRemove={onRemove} />
      </div>
      {isPair
        ? (block.blocks ?? []).map((inner, index) => (
            <div className="part-row" key={index}>
              <Select
                label={t("side", { number: index + 1 })}
                value={inner.type}
                options={kBlockTypes.filter((type) => type !== "side_by_side").map((type) => ({ value: type, label: t(`block_${type}`) }))}
                onChange={(type) => onChange({ ...block, blocks: replaced(block.blocks ?? [], index, { ...inner, type }) })}
              />
              <Field label={t("path")} dir="ltr" value={inner.path ?? ""} onChange={(path) => onChange({ ...block, blocks: replaced(block.blocks ?? [], index, { ...inner, path }) })} />
              <Field label={t("title")} value={inner.title ?? ""} onChange={(title) => onChange({ ...block, blocks: replaced(block.blocks ?? [], index, { ...inner, title: title || undefined }) })} />
            </div>
          ))
        : null}
    </div>
  );
}

function asType(block: Block, type: Block["type"]): Block {
  if (type === "side_by_side") return { type, ...(block.title ? { title: block.title } : {}), blocks: [{ type: "markdown", path: "/response_a" }, { type: "markdown", path: "/response_b" }] };
  const { blocks: _, ...rest } = block;
  return { ...rest, type, ...(block.path === undefined && block.content === undefined ? { path: "/text" } : {}) };
}

export function PartButtons({ onUp, onRemove }: { onUp: (() => void) | null; onRemove: (() => void) | null }) {
  const { t } = useTranslation("console");
  return (
    <div className="row part-buttons">
      <Button size="s" kind="quiet" aria-label={t("move_up")} isDisabled={!onUp} onPress={() => onUp?.()}>
        ↑
      </Button>
      <Button size="s" kind="quiet" aria-label={t("remove")} isDisabled={!onRemove} onPress={() => onRemove?.()}>
        ✕
      </Button>
    </div>
  );
}
