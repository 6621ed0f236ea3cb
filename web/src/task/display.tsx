// The blocks of a template's display, over a task's payload.
import { lazy, Suspense, useState, type ComponentType } from "react";
import { useTranslation } from "react-i18next";
import { Button, ScrollBox } from "../ui";
import { Markdown } from "./markdown";
import { at, textAt, type Block, type Payload } from "./template";
import { toTable } from "./table_rows";

// Heavy viewers come when a task needs them. Without a network they may not come: then the browser's own player, or the link alone.
const Sound = lazy(() => import("./sound/sound").catch(() => ({ default: PlainSound })));
const Pages = lazy<ComponentType<{ src: string }>>(() => import("./document/document").catch(() => ({ default: () => null })));

export function Display({ blocks, payload }: { blocks: readonly Block[]; payload: Payload }) {
  return (
    <div className="display">
      {blocks.map((block, index) => (
        <BlockView key={index} block={block} payload={payload} />
      ))}
    </div>
  );
}

function BlockView({ block, payload }: { block: Block; payload: Payload }) {
  const isMissing = block.path !== undefined && at(payload, block.path) === undefined;
  if (isMissing) return null;
  return (
    <section className={`block ${block.type}`}>
      {block.title ? (
        <h3 dir="auto" className="block-title">
          {block.title}
        </h3>
      ) : null}
      <BlockBody block={block} payload={payload} />
    </section>
  );
}

function BlockBody({ block, payload }: { block: Block; payload: Payload }) {
  const text = block.content ?? textAt(payload, block.path);
  switch (block.type) {
    case "text":
      return (
        <p className="plain-text" dir="auto">
          {text}
        </p>
      );
    case "markdown":
      return <Markdown text={text} />;
    case "chat":
      return <Chat messages={at(payload, block.path)} />;
    case "image":
      return <Picture src={text} title={block.title} />;
    case "audio":
      return (
        <Suspense fallback={<div className="sound" />}>
          <Sound key={text} src={safeAddress(text)} />
        </Suspense>
      );
    case "video":
      return <video className="video" controls preload="metadata" src={text} />;
    case "pdf":
      return <Document src={text} />;
    case "table":
      return <TableBlock rows={at(payload, block.path)} columns={block.columns} />;
    case "html":
      return <Sandboxed html={text} />;
    case "side_by_side":
      return (
        <div className="sides" data-count={block.blocks?.length}>
          {block.blocks?.map((each, index) => <BlockView key={index} block={each} payload={payload} />)}
        </div>
      );
  }
}

interface Message {
  role?: string;
  content?: unknown;
  tool_calls?: unknown;
}

function Chat({ messages }: { messages: unknown }) {
  const { t } = useTranslation("task");
  const known: Record<string, string> = { user: t("role_user"), assistant: t("role_assistant"), system: t("role_system"), tool: t("role_tool") };
  if (!Array.isArray(messages)) return null;
  return (
    <ol className="chat">
      {(messages as Message[]).map((message, index) => (
        <li key={index} data-role={message.role}>
          <span className="chat-role">{known[message.role ?? ""] ?? message.role}</span>
          <div className="chat-text">
            {message.content ? <Markdown text={typeof message.content === "string" ? message.content : JSON.stringify(message.content, null, 2)} /> : null}
            {message.tool_calls ? (
              <pre dir="ltr" tabIndex={0}>
                {JSON.stringify(message.tool_calls, null, 2)}
              </pre>
            ) : null}
          </div>
        </li>
      ))}
    </ol>
  );
}

/** An address that a picture, a sound or a link may have: nothing that runs. */
export const safeAddress = (address: string): string | undefined =>
  /^(https?:|blob:|data:(image|audio|video)\/|\/|\.\/)/i.test(address.trim()) ? address : undefined;

function Picture({ src, title }: { src: string; title: string | undefined }) {
  const { t } = useTranslation("task");
  const [isLarge, setLarge] = useState(false);
  return (
    <div className="picture" data-large={isLarge}>
      <img src={safeAddress(src)} alt={title ?? t("picture")} />
      <Button size="s" kind="quiet" onPress={() => setLarge(!isLarge)}>
        {isLarge ? t("fit") : t("full_size")}
      </Button>
    </div>
  );
}

function PlainSound({ src }: { src: string | undefined }) {
  const { t } = useTranslation("task");
  return (
    <div className="sound" dir="ltr">
      <audio controls preload="metadata" src={src} aria-label={t("recording")} />
    </div>
  );
}

function Document({ src }: { src: string }) {
  const { t } = useTranslation("task");
  const address = safeAddress(src);
  return (
    <>
      {address ? (
        <Suspense fallback={<div className="document-page" />}>
          <Pages key={address} src={address} />
        </Suspense>
      ) : null}
      <p>
        <a href={address} target="_blank" rel="noopener noreferrer">
          {t("open_document")}
        </a>{" "}
        <bdi className="muted small">{src.split("/").at(-1)}</bdi>
      </p>
    </>
  );
}

function TableBlock({ rows, columns }: { rows: unknown; columns: string[] | undefined }) {
  const { t } = useTranslation("task");
  const { heads, cells } = toTable(rows, columns);
  return (
    <ScrollBox label={t("table")}>
      <table className="table">
        {heads.length ? (
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
        ) : null}
        <tbody>
          {cells.map((row, index) => (
            <tr key={index}>
              {row.map((cell, column) => (
                <td key={column} dir="auto">
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

// A page of its own brings its own looks; a piece of one gets plain ones, and reads from its own side.
const asPage = (html: string): string =>
  /^\s*<(!doctype|html)/i.test(html) ? html : `<!doctype html><meta charset="utf-8"><body dir="auto" style="margin:0.75rem;font:15px/1.5 system-ui,sans-serif">${html}`;

/** HTML of a task: in a frame of its own where nothing runs, opens or sends. */
function Sandboxed({ html }: { html: string }) {
  const { t } = useTranslation("task");
  return <iframe className="sandboxed" sandbox="" srcDoc={asPage(html)} title={t("html_frame")} referrerPolicy="no-referrer" />;
}
