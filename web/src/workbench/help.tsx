import { useTranslation } from "react-i18next";
import { Key } from "../task/questions/key";
import { shownTitle, type Option, type Template } from "../task/template";
import { Dialog } from "../ui";

const flat = (options: readonly Option[]): Option[] => options.flatMap((option) => [option, ...flat(option.options ?? [])]);

/** Every key that does something here. */
export function HelpDialog({ template, isOpen, onClose }: { template: Template; isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation("workbench");
  const general = [
    { key: "ctrl+enter", text: t("submit") },
    { key: "alt+s", text: t("skip") },
    { key: "alt+i", text: t("instructions") },
    { key: "?", text: t("shortcuts") },
    { key: "1 … 9", text: t("key_digits") },
  ];
  const own = template.questions.flatMap((question) => [
    ...(question.shortcut ? [{ key: question.shortcut, text: shownTitle(question) }] : []),
    ...("options" in question ? flat(question.options) : "labels" in question ? question.labels : [])
      .filter((option) => option.shortcut)
      .map((option) => ({ key: option.shortcut ?? "", text: `${shownTitle(question)}: ${shownTitle(option)}` })),
  ]);
  return (
    <Dialog title={t("shortcuts")} isOpen={isOpen} onClose={onClose}>
      <dl className="keys">
        {[...general, ...own].map(({ key, text }) => (
          <div key={key + text}>
            <dt>
              <Key name={key} />
              <span className="sr-only">{key}</span>
            </dt>
            <dd dir="auto">{text}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
