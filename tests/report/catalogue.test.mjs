// The catalogue and the scripts of the page: both languages say the same things, and no words live in the scripts.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { hostileReport, sampleReport } from './fixtures.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path) => readFileSync(`${root}/${path}`, 'utf8');
const catalogue = (language) => JSON.parse(read(`src/mizan/app/messages/${language}.json`));
const texts = { en: catalogue('en'), ar: catalogue('ar') };
const kForms = { en: ['one', 'other'], ar: ['zero', 'one', 'two', 'few', 'many', 'other'] };

// key → {form → text}; a key without plural forms has the form ''.
function grouped(messages) {
  const groups = {};
  for (const [key, text] of Object.entries(messages)) {
    const [, base, form] = /^(.*)_(zero|one|two|few|many|other)$/.exec(key) ?? [null, key, ''];
    const plural = form !== '' && `${base}_other` in messages;
    (groups[plural ? base : key] ??= {})[plural ? form : ''] = text;
  }
  return groups;
}

const groups = { en: grouped(texts.en), ar: grouped(texts.ar) };
const placeholders = (text) => [...text.matchAll(/\{(\w+)(?:\|(\w+))?\}/g)].map(([whole]) => whole).sort();
const names = (text) => [...new Set([...text.matchAll(/\{(\w+)/g)].map(([, name]) => name))].sort();

const folder = 'src/mizan/app/report_page';
const order = /set\(modules ([^)]*)\)/.exec(read(`${folder}/embed.cmake`))[1].split(' ');
const scripts = Object.fromEntries(order.map((name) => [name, read(`${folder}/${name}.js`)]));
const whole = Object.values(scripts).join('\n');
const literals = (source) => [...source.replace(/^\s*\/\/.*$/gm, '').matchAll(/'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`/g)].map((m) => m[1] ?? m[2].replace(/\$\{[^}]*\}/g, ''));

describe('catalogue', () => {
  test('both_languages_have_the_same_messages', () => {
    assert.deepEqual(Object.keys(groups.ar).sort(), Object.keys(groups.en).sort());
  });

  for (const language of ['en', 'ar']) {
    test(`plural_messages_have_all_forms: ${language}`, () => {
      for (const [key, forms] of Object.entries(groups[language])) {
        if ('' in forms) continue;
        assert.deepEqual(Object.keys(forms).sort(), [...kForms[language]].sort(), key);
        assert.deepEqual(kForms[language].slice().sort(), [...new Intl.PluralRules(language).resolvedOptions().pluralCategories].sort());
      }
    });
  }

  test('translations_use_the_same_arguments', () => {
    for (const [key, forms] of Object.entries(groups.en)) {
      if ('' in forms) assert.deepEqual(names(groups.ar[key]['']), names(forms['']), key);
    }
  });

  test('filters_are_known', () => {
    const known = ['percent', 'bare', 'sure', 'points', 'signed', 'count', 'number', 'p', 'money', 'seconds', 'list', 'mix', 'method', 'coefficient', 'weights', 'basis', 'undefined', 'left_out'];
    for (const [key, text] of [...Object.entries(texts.en), ...Object.entries(texts.ar)]) {
      for (const [, , filter] of text.matchAll(/\{(\w+)(?:\|(\w+))?\}/g)) {
        assert.ok(filter === undefined || known.includes(filter) || `unit.${filter}_other` in texts.en, `${key}: ${filter}`);
      }
      assert.equal(text.replace(/\{\w+(\|\w+)?\}/g, '').search(/[{}<>&]/), -1, key);
    }
  });

  test('arabic_is_written_in_arabic', () => {
    const latin = /[A-Za-z]{3,}/g;
    const allowed = /^(CSV|JSON|MACE|GLAD|KOS|MSR|CROWDLAB|PPI|Wawa|UTF|English)$/;
    for (const [key, text] of Object.entries(texts.ar)) {
      for (const [word] of text.replace(/\{[^}]*\}/g, '').matchAll(latin)) assert.match(word, allowed, key);
    }
  });

  test('every_code_of_the_program_has_a_text', () => {
    const codes = (path, pattern, prefix) => [...read(path).matchAll(pattern)].map(([, code]) => `${prefix}.${code}`);
    const emitted = [
      ...codes('src/mizan/dataset/oddities.h', /^ {2}X\((\w+),/gm, 'oddity'),
      ...codes('src/mizan/engine/integrity/low_effort.cc', /case Suspicion::\w+:\s+return "(\w+)"/g, 'flag'),
      ...codes('src/mizan/engine/agreement/agreement.cc', /case Undefined::\w+:\s+return "(\w+)"/g, 'undefined'),
      ...codes('src/mizan/app/verdict.cc', /Message\{\s*"(\w+)"/g, 'verdict|note'),
    ];
    assert.ok(emitted.length > 30);
    for (const key of emitted) {
      const [prefixes, code] = key.split('.');
      assert.ok(prefixes.split('|').some((prefix) => `${prefix}.${code}` in groups.en), key);
    }
  });

  test('every_code_is_documented_with_its_arguments', () => {
    const documented = read('docs/formats/messages.md');
    for (const [key, forms] of Object.entries(groups.en)) {
      const [prefix, code] = [key.slice(0, key.indexOf('.')), key.slice(key.indexOf('.') + 1)];
      if (['ui', 'unit', 'format'].includes(prefix)) continue;
      const part = documented.split(`\n### ${prefix}.\n`)[1]?.split('\n### ')[0] ?? '';
      const row = part.split('\n').find((line) => line.startsWith(`| \`${code}\` |`));
      assert.ok(row, `${key} is missing in docs/formats/messages.md`);
      const listed = [...row.split('|')[2].matchAll(/`(\w+)`/g)].map(([, name]) => name).sort();
      assert.deepEqual(listed, [...new Set(Object.values(forms).flatMap(names))].sort(), key);
    }
  });
});

describe('scripts', () => {
  test('every_module_is_joined_and_top_level_names_are_unique', () => {
    assert.deepEqual(readdirSync(`${root}/${folder}`).filter((f) => f.endsWith('.js')).sort(), order.map((n) => `${n}.js`).sort());
    const declared = [...whole.matchAll(/^(?:export )?(?:async )?(?:function|const|let|class) (\w+)/gm)].map(([, name]) => name);
    assert.deepEqual(declared.filter((name, i) => declared.indexOf(name) !== i), []);
  });

  test('imports_are_used_and_stand_in_order', () => {
    for (const [module, source] of Object.entries(scripts)) {
      for (const [, list, from] of source.matchAll(/^import \{ (.*) \} from '\.\/(\w+)\.js';$/gm)) {
        for (const name of list.split(', ')) assert.ok(source.split(new RegExp(`\\b${name}\\b`)).length > 2, `${module}: ${name} is not used`);
        assert.ok(order.includes(from), `${module}: ${from}`);
      }
    }
  });

  test('no_words_live_in_the_scripts', () => {
    const allowed = ['Mizan', 'ميزان'];
    for (const [module, source] of Object.entries(scripts)) {
      for (const text of literals(source)) {
        if (allowed.includes(text) || /^[\w./#:;=,+-]*$/.test(text)) continue;
        assert.doesNotMatch(text, /[A-Za-z]{2,} [A-Za-z]{2,}|[\u0600-\u06ff]{2,}/, `${module}: ${text}`);
      }
    }
  });

  test('every_message_the_scripts_name_exists', () => {
    const named = [...whole.matchAll(/'((?:ui|format|note|unit)\.\w+)'/g)].map(([, key]) => key);
    for (const key of named) assert.ok(key in groups.en, key);
  });

  test('every_page_message_is_used', () => {
    const dynamic = /^ui\.(caption_|group_|role_|why_|theme_|digits_|calibrated_on_|\w+_lead$)/;
    const sections = [...whole.matchAll(/section\('(\w+)'/g)].map(([, id]) => `ui.${id}`);
    for (const key of Object.keys(groups.en).filter((k) => k.startsWith('ui.'))) {
      assert.ok(whole.includes(`'${key}'`) || dynamic.test(key) || sections.includes(key) || ['ui.theme', 'ui.digits'].includes(key), `${key} is not used`);
    }
  });

  test('no_markup_is_made_from_text', () => {
    assert.doesNotMatch(whole, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|DOMParser|setHTML/);
    assert.doesNotMatch(whole, /fetch\(|XMLHttpRequest|WebSocket|https?:\/\/(?!www\.w3\.org\/2000\/svg)/);
  });

  test('strings_survive_the_tightening_of_the_build', () => {
    for (const text of literals(whole)) assert.doesNotMatch(text, /, | (=>|=|===|!==|&&|\|\||\?\?|\?|>|<) |: |\{ | \}|\n/, text);
  });
});

test('fixtures_on_disk_are_what_the_code_makes', () => {
  for (const [name, report] of [['sample', sampleReport()], ['hostile', hostileReport()]]) {
    assert.deepEqual(JSON.parse(read(`tests/golden/report/${name}.report.json`)), JSON.parse(JSON.stringify(report)));
  }
});

test('placeholders_are_well_formed', () => {
  assert.ok(Object.values(texts.en).flatMap(placeholders).length > 100);
});
