// docs/formats/report.schema.json describes what the program writes: the sample fits it, and it names every member of report_json.cc.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { sampleReport } from './fixtures.mjs';

const read = (path) => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');
const schema = JSON.parse(read('docs/formats/report.schema.json'));

const kTypes = {
  object: (v) => v !== null && typeof v === 'object' && !Array.isArray(v), array: Array.isArray, string: (v) => typeof v === 'string',
  number: Number.isFinite, integer: Number.isInteger, boolean: (v) => typeof v === 'boolean', null: (v) => v === null,
};

// The part of JSON Schema that the description uses; members that it does not name are reported too.
function problems(value, rule, at = '$') {
  if (rule.$ref) return problems(value, schema.$defs[rule.$ref.split('/').at(-1)], at);
  if ('const' in rule) return value === rule.const ? [] : [`${at}: not ${rule.const}`];
  if (rule.enum) return rule.enum.includes(value) ? [] : [`${at}: ${value}`];
  const types = [rule.type].flat();
  if (!types.some((type) => kTypes[type](value))) return [`${at}: ${JSON.stringify(value)?.slice(0, 60)} is not ${types}`];
  if (typeof value === 'number' && (value < (rule.minimum ?? -Infinity) || value > (rule.maximum ?? Infinity))) return [`${at}: ${value} out of range`];
  if (Array.isArray(value)) {
    const sized = value.length >= (rule.minItems ?? 0) && value.length <= (rule.maxItems ?? Infinity);
    return [...(sized ? [] : [`${at}: ${value.length} items`]), ...value.flatMap((v, i) => problems(v, rule.items, `${at}[${i}]`))];
  }
  if (!kTypes.object(value) || !rule.properties) return [];
  const missing = rule.required.filter((name) => !(name in value)).map((name) => `${at}.${name} is missing`);
  return [...missing, ...Object.entries(value).flatMap(([name, v]) => (rule.properties[name] ? problems(v, rule.properties[name], `${at}.${name}`) : [`${at}.${name} is not described`]))];
}

test('the_sample_fits_the_schema', () => {
  assert.deepEqual(problems(sampleReport(), schema), []);
});

test('the_schema_refuses_what_is_wrong', () => {
  const broken = sampleReport();
  broken.schema_version = 2;
  broken.questions[0].suppliers[0].accuracy = 76.6;
  delete broken.questions[0].pairs[0].low;
  broken.input.rows = 3;
  assert.deepEqual(problems(broken, schema), ['$.schema_version: not 1', '$.input.rows is not described', '$.questions[0].suppliers[0].accuracy: 76.6 out of range', '$.questions[0].pairs[0].low is missing']);
});

test('the_schema_names_every_member_the_program_writes', () => {
  const names = new Set();
  const collect = (rule) => {
    for (const [name, inner] of Object.entries(rule.properties ?? {})) { names.add(name); collect(inner); }
    if (rule.items) collect(rule.items);
    Object.values(rule.$defs ?? {}).forEach(collect);
  };
  collect(schema);
  const source = read('src/mizan/app/report_json.cc');
  const written = [...source.matchAll(/\.(?:member|key)\("(\w+)"|write_(?:estimate|list)\(json, "(\w+)"/g)].map((m) => m[1] ?? m[2]);
  assert.ok(written.length > 80);
  assert.deepEqual(written.filter((name) => !names.has(name)), []);
});
