// What the app promises, checked: node tools/lint.mjs
//   sizes      no file above 350 lines
//   words      every key is in both languages, with the same placeholders and with the plural forms of its language
//   used       every key that a screen asks for exists; no key is left over
//   strings    no sentence in a component: words come from src/messages
//   sides      no left and right in styles: the app is mirrored
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

const web = path.resolve(import.meta.dirname, "..");
const source = path.join(web, "src");
const kMostLines = 350;
const kPlurals = { en: ["one", "other"], ar: ["zero", "one", "two", "few", "many", "other"] };
const kPluralEnd = /_(zero|one|two|few|many|other)$/;
const kAttributes = new Set(["label", "title", "text", "placeholder", "alt", "hint", "action", "aria-label", "aria-description", "note"]);

function filesBelow(folder) {
  return readdirSync(folder).flatMap((name) => {
    const file = path.join(folder, name);
    if (name === "node_modules" || name === "out") return [];
    return statSync(file).isDirectory() ? filesBelow(file) : [file];
  });
}

const findings = [];
const say = (file, line, rule, text) => findings.push(`web/${path.relative(web, file)}:${line}: ${rule}: ${text}`);

const stem = (key) => key.replace(kPluralEnd, "");
const placeholders = (text) => [...text.matchAll(/\{\{\s*([a-z_]+)/g)].map((found) => found[1]).sort().join(" ");

function readWords(language) {
  const words = new Map();
  for (const file of readdirSync(path.join(source, "messages", language)))
    words.set(file.replace(".json", ""), JSON.parse(readFileSync(path.join(source, "messages", language, file), "utf8")));
  return words;
}

function checkPlurals(file, words, language) {
  const plural = new Map();
  for (const key of Object.keys(words)) if (kPluralEnd.test(key)) plural.set(stem(key), [...(plural.get(stem(key)) ?? []), key.match(kPluralEnd)[1]]);
  for (const [key, forms] of plural)
    for (const form of kPlurals[language]) if (!forms.includes(form)) say(file, 1, "words", `add ${key}_${form}`);
}

function checkWords(en, ar) {
  for (const area of new Set([...en.keys(), ...ar.keys()])) {
    const file = (language) => path.join(source, "messages", language, `${area}.json`);
    const [left, right] = [en.get(area) ?? {}, ar.get(area) ?? {}];
    checkPlurals(file("en"), left, "en");
    checkPlurals(file("ar"), right, "ar");
    const stems = (words) => new Set(Object.keys(words).map(stem));
    for (const key of stems(left)) if (!stems(right).has(key)) say(file("ar"), 1, "words", `translate ${key}`);
    for (const key of stems(right)) if (!stems(left).has(key)) say(file("en"), 1, "words", `${key} is only in Arabic`);
    for (const [key, text] of Object.entries(left)) {
      const other = right[key];
      if (text === "" || other === "") say(file("en"), 1, "words", `${key} is empty`);
      if (other !== undefined && placeholders(text) !== placeholders(other) && !kPluralEnd.test(key))
        say(file("ar"), 1, "words", `${key}: its placeholders are not those of English`);
    }
  }
}

// A piece of text that somebody would read: at least one word of two letters, not a unit, a name or a symbol.
const isSentence = (text) => /[\p{L}]{2,}/u.test(text.replace(/\{[^}]*\}/g, "").trim());
const kNames = new Set(["Mizan", "English", "العربية", "Ctrl ↵", "Esc", "Enter", "Tab", "Ctrl", "Shift", "Alt"]);

function checkComponent(file, text, used) {
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true, file.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
  const lineOf = (node) => tree.getLineAndCharacterOfPosition(node.getStart()).line + 1;
  const visit = (node) => {
    if (ts.isJsxText(node) && isSentence(node.text) && !kNames.has(node.text.trim()))
      say(file, lineOf(node), "strings", `"${node.text.trim()}" belongs into src/messages`);
    if (ts.isJsxAttribute(node) && kAttributes.has(node.name.getText()) && node.initializer && ts.isStringLiteral(node.initializer)) {
      const value = node.initializer.text;
      if (isSentence(value) && !kNames.has(value)) say(file, lineOf(node), "strings", `"${value}" belongs into src/messages`);
    }
    if (ts.isStringLiteralLike(node)) used.literals.add(node.text);
    if (ts.isTemplateExpression(node) && node.head.text) used.heads.add(node.head.text);
    ts.forEachChild(node, visit);
  };
  visit(tree);
}

function checkStyles(file, text) {
  text.split("\n").forEach((line, index) => {
    if (/(^|[\s;{-])(left|right)\s*:|(margin|padding|border)-(left|right)|text-align:\s*(left|right)/.test(line))
      say(file, index + 1, "sides", "say inline-start and inline-end: the app is mirrored");
  });
}

const used = { literals: new Set(), heads: new Set() };
const isOurs = (file) => /\.(tsx?|mjs|css)$/.test(file) && !file.endsWith("contract.ts");
const files = [...filesBelow(source), ...filesBelow(path.join(web, "tools")), ...filesBelow(path.join(web, "e2e"))].filter(isOurs);
for (const file of files) {
  const text = readFileSync(file, "utf8");
  const lines = text.split("\n").length - 1;
  if (lines > kMostLines && !file.endsWith(".css")) say(file, lines, "sizes", `${lines} lines: split it, ${kMostLines} is the most`);
  if (file.endsWith(".css")) checkStyles(file, text);
  else if (file.startsWith(source) && !/\.test\.tsx?$/.test(file)) checkComponent(file, text, used);
}
const [en, ar] = [readWords("en"), readWords("ar")];
checkWords(en, ar);
// The compiler knows the keys that are asked for and missing; here are those that nobody asks for.
for (const [area, words] of en)
  for (const key of new Set(Object.keys(words).map(stem)))
    if (!used.literals.has(key) && !used.literals.has(`${area}:${key}`) && ![...used.heads].some((head) => head.length > 2 && key.startsWith(head)))
      say(path.join(source, "messages", "en", `${area}.json`), 1, "used", `nobody asks for ${key}`);

for (const finding of findings) console.log(finding);
if (findings.length) process.exit(1);
