// The page's messages: word for word those of the terminal in English (messages_test.cc reads the same file), whole in Arabic.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { beforeEach, test } from 'node:test';
import { loadCatalogue, plain, useCurrency } from '../../src/mizan/app/report_page/messages.js';
import { state } from '../../src/mizan/app/report_page/state.js';

const read = (path) => JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'));
for (const language of ['en', 'ar']) loadCatalogue(language, read(`src/mizan/app/messages/${language}.json`));
const bare = (text) => text.replace(/[\u2068\u2069]/g, '');
const golden = read('tests/golden/report/english_messages.json');

beforeEach(() => {
  Object.assign(state, { lang: 'en', digits: 'arab' });
  useCurrency('USD');
});

for (const { key, args, text } of golden) {
  test(`reads_as_on_the_terminal: ${text.slice(0, 40)}`, () => assert.equal(bare(plain(key, args)), text));
}

test('names_are_set_apart_from_the_sentence', () => {
  assert.equal(plain('conclusion.a_better', { supplier_a: 'x' }), '\u2068x\u2069 is better');
});

test('arabic_nouns_follow_the_number', () => {
  state.lang = 'ar';
  const forms = [[0, '٠ مهمة'], [1, 'مهمة واحدة'], [2, 'مهمتين'], [3, '٣ مهام'], [11, '١١ مهمةً'], [100, '١٠٠ مهمة'], [103, '١٠٣ مهام']];
  for (const [count, text] of forms) assert.equal(plain('unit.tasks', { count }), text);
  state.digits = 'latn';
  assert.equal(plain('unit.tasks', { count: 12 }), '12 مهمةً');
});

test('arabic_leaves_no_argument_out', () => {
  state.lang = 'ar';
  for (const { key, args } of golden.filter((each) => !each.key.includes('future'))) assert.doesNotMatch(plain(key, args), key === 'conclusion.a_better' ? /^$/ : /[{}]/);
});
