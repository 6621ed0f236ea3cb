// A conversation that the annotator holds. No model is connected to this server: what each answered is entered here.
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../ui";
import { Markdown } from "../markdown";
import type { ChatQuestion, ChatTurn } from "../template";
import type { QuestionProps } from "./props";

interface ChatAnswer {
  messages: ChatTurn[];
}

export function ChatTurns({ question, answer, onChange, labelId, isReadOnly }: QuestionProps<ChatQuestion, ChatAnswer>) {
  const { t } = useTranslation("task");
  const messages = answer?.messages ?? [];
  const models = (question.models ?? 1) === 2 ? ["a", "b"] : ["a"];
  const userTurns = messages.filter((turn) => turn.role === "user").length;
  const nameOf = ({ role, model }: ChatTurn) => (role === "user" ? t("role_you") : t("role_model", { name: (model ?? "a").toUpperCase() }));
  const set = (next: ChatTurn[]) => onChange(next.length ? { messages: next } : undefined);
  return (
    <div className="stack tight" role="group" aria-labelledby={labelId}>
      <ol className="chat">
        {messages.map((turn, index) => (
          <li key={index} data-role={turn.role}>
            <span className="chat-role">{nameOf(turn)}</span>
            <div className="chat-text">
              <Markdown text={turn.content} />
            </div>
          </li>
        ))}
      </ol>
      {isReadOnly || userTurns >= (question.max_turns ?? 1000) ? null : (
        <TurnForm models={models} onSend={(turns) => set([...messages, ...turns])} />
      )}
      {messages.length && !isReadOnly ? (
        <Button size="s" kind="quiet" onPress={() => set(messages.slice(0, messages.findLastIndex((turn) => turn.role === "user")))}>
          {t("take_back_turn")}
        </Button>
      ) : null}
    </div>
  );
}

function TurnForm({ models, onSend }: { models: string[]; onSend: (turns: ChatTurn[]) => void }) {
  const { t } = useTranslation("task");
  const id = useId();
  const [said, setSaid] = useState("");
  const [replies, setReplies] = useState<Record<string, string>>({});
  const isWhole = said.trim() !== "" && models.every((model) => replies[model]?.trim());
  const send = () => {
    onSend([
      { role: "user", content: said.trim() },
      ...models.map((model): ChatTurn => ({ role: "assistant", model, content: (replies[model] ?? "").trim() })),
    ]);
    setSaid("");
    setReplies({});
  };
  return (
    <div className="stack tight">
      <div className="field">
        <label htmlFor={id}>{t("role_you")}</label>
        <textarea id={id} className="input" dir="auto" rows={2} value={said} onChange={(event) => setSaid(event.target.value)} />
      </div>
      {models.map((model) => (
        <div className="field" key={model}>
          <label htmlFor={id + model}>{t("model_answered", { name: model.toUpperCase() })}</label>
          <textarea id={id + model} className="input" dir="auto" rows={3} value={replies[model] ?? ""} onChange={(event) => setReplies({ ...replies, [model]: event.target.value })} />
        </div>
      ))}
      <div>
        <Button size="s" isDisabled={!isWhole} onPress={send}>
          {t("add_turn")}
        </Button>
      </div>
    </div>
  );
}
