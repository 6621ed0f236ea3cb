// markdown-it for the text, DOMPurify over what it makes; formulas become empty places that math.ts fills.
import DOMPurify from "dompurify";
import MarkdownIt from "markdown-it";

const markdown = new MarkdownIt({ html: false, linkify: true, breaks: true, typographer: false });

// $$…$$, \[…\], \(…\) and $…$ (no space inside the dollars, no digit after them: prices stay prices).
const kMath = /^(?:\$\$([\s\S]+?)\$\$|\\\[([\s\S]+?)\\\]|\\\(([\s\S]+?)\\\)|\$(?!\s)((?:\\.|[^$\\\n])+?)(?<!\s)\$(?!\d))/;

markdown.inline.ruler.before("escape", "math", (state, silent) => {
  const sign = state.src[state.pos];
  if (sign !== "$" && sign !== "\\") return false;
  const found = kMath.exec(state.src.slice(state.pos));
  if (!found) return false;
  if (!silent) {
    const token = state.push("math", "", 0);
    token.content = found.slice(1).find((part) => part !== undefined) ?? "";
    token.meta = { display: found[1] !== undefined || found[2] !== undefined };
  }
  state.pos += found[0].length;
  return true;
});

markdown.renderer.rules["math"] = (tokens, index) => {
  const token = tokens[index];
  const text = markdown.utils.escapeHtml(token?.content ?? "");
  const { display } = (token?.meta ?? {}) as { display?: boolean };
  return `<span class="math" dir="ltr" data-math="${display ? "display" : "inline"}">${text}</span>`;
};

// Every paragraph finds its own direction; code always runs from left to right.
markdown.core.ruler.push("directions", (state) => {
  for (const token of state.tokens) if (token.nesting === 1 && token.block) token.attrSet("dir", "auto");
});
const fence = markdown.renderer.rules["fence"];
if (fence)
  markdown.renderer.rules["fence"] = (...all) => fence(...all).replace("<pre", '<pre dir="ltr" tabindex="0"');

DOMPurify.addHook("afterSanitizeAttributes", (node) => {
  if (node.tagName !== "A") return;
  node.setAttribute("target", "_blank");
  node.setAttribute("rel", "noopener noreferrer nofollow");
});

const made = new Map<string, { html: string; hasMath: boolean }>();

export function renderMarkdown(text: string): { html: string; hasMath: boolean } {
  const known = made.get(text);
  if (known) return known;
  const html = DOMPurify.sanitize(markdown.render(text), { FORBID_ATTR: ["style", "id"], FORBID_TAGS: ["style", "form", "input"], ALLOW_DATA_ATTR: true });
  const result = { html, hasMath: html.includes("data-math") };
  if (made.size > 200) made.clear();
  made.set(text, result);
  return result;
}
