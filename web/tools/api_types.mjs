// Makes src/api/contract.ts from the contract of docs/openapi: node tools/api_types.mjs
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, existsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import openapiTS, { astToString } from "openapi-typescript";

const web = path.resolve(import.meta.dirname, "..");
const root = path.resolve(web, "..");
const venv = path.join(root, ".deps", "venv", "bin", "python");
const json = path.join(mkdtempSync(path.join(tmpdir(), "mizan-contract-")), "openapi.json");
execFileSync(existsSync(venv) ? venv : "python3", [path.join(root, "scripts", "openapi"), "--out", json], { stdio: "inherit" });

// An object without named members may hold anything; the generator would take it for one that holds nothing.
function openObjects(schema) {
  if (Array.isArray(schema)) return schema.forEach(openObjects);
  if (schema === null || typeof schema !== "object") return;
  const isObject = schema.type === "object" || (Array.isArray(schema.type) && schema.type.includes("object"));
  if (isObject && !schema.properties && schema.additionalProperties === undefined) schema.additionalProperties = true;
  Object.values(schema).forEach(openObjects);
}

const contract = JSON.parse(readFileSync(json, "utf8"));
openObjects(contract);
const tree = await openapiTS(contract, { alphabetize: true });
const text = `// Made by tools/api_types.mjs from docs/openapi.\n${astToString(tree)}`;
const target = path.join(web, "src", "api", "contract.ts");
if (!existsSync(target) || readFileSync(target, "utf8") !== text) writeFileSync(target, text);
