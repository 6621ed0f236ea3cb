// The report page in a real browser: it draws whatever the report holds, in both languages, without a complaint.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { axeSource, downloaded, startBrowser } from './browser.mjs';
import { emptyReport, hostileReport, largeReport, sampleReport } from './fixtures.mjs';

let browser;
before(async () => {
  browser = await startBrowser({ sample: sampleReport(), hostile: hostileReport(), large: largeReport(), none: emptyReport(), bare: {} });
});
after(() => browser.stop());

const kTables = ['agreement', 'annotators', 'calibration', 'classes', 'confidence', 'confusion', 'copied', 'errors', 'method', 'mix', 'pairs', 'suppliers', 'uncertain'];
const kLanguages = ['en', 'ar'];
const overflow = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

async function withPage(name, choices, options, check) {
  const opened = await browser.open(name, choices, options);
  try {
    await check(opened.page);
    assert.deepEqual(opened.complaints, []);
  } finally {
    await opened.close();
  }
}

describe('accessibility', () => {
  for (const lang of kLanguages) for (const theme of ['light', 'dark']) for (const report of ['sample', 'hostile']) {
    test(`axe_finds_nothing: ${report} ${lang} ${theme}`, () => withPage(report, { lang, theme }, {}, async (page) => {
      await page.evaluate(axeSource);
      const found = await page.evaluate(() => axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
      assert.deepEqual(found.violations.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 120)).join(' | ')}`), []);
    }));
  }

  test('every_control_has_a_visible_focus', () => withPage('sample', {}, {}, async (page) => {
    for (let i = 0; i < 12; i++) await page.keyboard.press('Tab');
    const width = await page.evaluate(() => getComputedStyle(document.activeElement).outlineWidth);
    assert.equal(width, '2px');
  }));

  test('the_skip_link_leads_to_the_report', () => withPage('sample', {}, {}, async (page) => {
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'skip');
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'main');
  }));
});

describe('layout', () => {
  for (const lang of kLanguages) for (const report of ['sample', 'hostile', 'large']) for (const width of [320, 360, 768, 1440]) {
    test(`the_page_never_scrolls_sideways: ${report} ${lang} ${width}`, () => withPage(report, { lang }, { width }, async (page) => {
      assert.equal(await overflow(page), 0);
    }));
  }

  test('arabic_mirrors_the_page_and_its_plots', () => withPage('sample', { lang: 'ar' }, {}, async (page) => {
    assert.equal(await page.evaluate(() => document.documentElement.dir), 'rtl');
    const boxes = await page.evaluate(() => ['.dotplot .who', '.dotplot .track', '.dotplot .figure'].map((s) => document.querySelector(s).getBoundingClientRect().left));
    assert.ok(boxes[0] > boxes[1] && boxes[1] > boxes[2]);
    const [best, worst] = await page.evaluate(() => [...document.querySelectorAll('.dotplot circle')].map((c) => c.getBoundingClientRect().left).filter((_, i, all) => i === 0 || i === all.length - 1));
    assert.ok(best < worst, 'more accurate stands further along the reading direction');
  }));

  test('print_holds_charts_and_no_controls', () => withPage('sample', {}, {}, async (page) => {
    await page.emulateMedia({ media: 'print' });
    const shown = await page.evaluate(() => ({ buttons: [...document.querySelectorAll('button:not(.sort), select, input')].filter((e) => e.checkVisibility()).length, charts: [...document.querySelectorAll('figure svg, .dotplot svg')].filter((e) => e.checkVisibility()).length }));
    assert.equal(shown.buttons, 0);
    assert.ok(shown.charts >= 6);
  }));
});

describe('languages', () => {
  test('the_switch_turns_every_word_and_keeps_the_focus', () => withPage('sample', {}, {}, async (page) => {
    await page.focus('#language');
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'ar');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'language');
    assert.match(page.url(), /lang=ar/);
    const words = await page.evaluate(() => {
      const copy = document.body.cloneNode(true);
      copy.querySelectorAll('script, bdi, [lang=en], noscript, option').forEach((e) => e.remove());
      return copy.textContent.match(/[A-Za-z]{2,}/g) ?? [];
    });
    const names = ['JSON', 'CSV', 'MACE', 'PPI', 'AC', 'Mizan', 'mizan', 'audit', 'report'];
    assert.deepEqual([...new Set(words)].filter((word) => !names.includes(word)), []);
  }));

  test('digits_follow_the_choice', () => withPage('sample', { lang: 'ar', digits: 'arab' }, {}, async (page) => {
    const digits = () => page.evaluate(() => document.querySelector('.dotplot').textContent.replace(/experts|judge-llm|crowd-east/g, ''));
    assert.match(await digits(), /[٠-٩]/);
    assert.doesNotMatch(await digits(), /[0-9]/);
    await page.selectOption('#digits', 'latn');
    assert.match(await digits(), /[0-9]/);
    assert.doesNotMatch(await digits(), /[٠-٩]/);
  }));

  test('the_theme_follows_the_device_until_chosen', () => withPage('sample', { theme: 'auto' }, { colorScheme: 'dark' }, async (page) => {
    const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    assert.equal(await paper(), 'rgb(20, 23, 26)');
    await page.selectOption('#theme', 'light');
    assert.equal(await paper(), 'rgb(253, 252, 249)');
  }));
});

describe('tables', () => {
  const column = (page, n) => page.evaluate((i) => [...document.querySelectorAll('#table-annotators tbody tr')].map((r) => r.cells[i].textContent), n);

  test('heads_sort_by_keyboard_and_say_so', () => withPage('sample', {}, {}, async (page) => {
    const head = page.locator('#table-annotators th', { hasText: 'Labels' });
    await head.locator('button').focus();
    await page.keyboard.press('Enter');
    assert.equal(await head.getAttribute('aria-sort'), 'descending');
    await page.keyboard.press('Enter');
    assert.equal(await head.getAttribute('aria-sort'), 'ascending');
    const numbers = (await column(page, 3)).map(Number);
    assert.deepEqual(numbers, [...numbers].sort((a, b) => a - b));
    assert.ok(numbers[0] < numbers.at(-1));
  }));

  test('filters_narrow_the_table_and_the_count_is_said', () => withPage('sample', {}, {}, async (page) => {
    await page.locator('#table-annotators input[type=checkbox]').check();
    assert.equal((await column(page, 0)).length, 4);
    assert.equal(await page.locator('#table-annotators .count').textContent(), '4 of 40 shown');
    assert.equal(await page.locator('#live').textContent(), '4 of 40 shown');
    await page.locator('#table-annotators input[type=search]').fill('ce-019');
    assert.deepEqual(await column(page, 0), ['ce-019']);
    await page.locator('#table-annotators input[type=search]').fill('no such annotator');
    assert.equal(await page.locator('#table-annotators td.none').textContent(), 'Nothing matches.');
  }));

  test('show_all_shows_all', () => withPage('sample', {}, {}, async (page) => {
    assert.equal((await column(page, 0)).length, 25);
    await page.locator('#table-annotators .more').click();
    assert.equal((await column(page, 0)).length, 40);
  }));

  test('unknown_values_stand_last_both_ways', () => withPage('hostile', {}, {}, async (page) => {
    const button = page.locator('#table-suppliers th', { hasText: 'Accuracy' }).locator('button');
    await page.locator('#table-suppliers .more').click();
    for (let i = 0; i < 2; i++) {
      await button.click();
      const cells = await page.evaluate(() => [...document.querySelectorAll('#table-suppliers tbody tr')].map((r) => r.cells[1].textContent === 'not known'));
      assert.deepEqual(cells, [...Array(30).fill(false), ...Array(30).fill(true)]);
    }
  }));

  test('the_confusion_matrix_follows_its_choice', () => withPage('sample', {}, {}, async (page) => {
    const first = await page.locator('.heat td').first().textContent();
    await page.selectOption('#confusion-of', { label: '\u2068experts\u2069' });
    assert.notEqual(await page.locator('.heat td').first().textContent(), first);
    assert.match(await page.locator('.heat caption').textContent(), /experts/);
  }));
});

describe('downloads', () => {
  test('the_json_is_the_report', () => withPage('hostile', {}, {}, async (page) => {
    const file = await downloaded(page, () => page.locator('#save-json').click());
    assert.equal(file.name, 'report.json');
    assert.deepEqual(JSON.parse(file.text), JSON.parse(JSON.stringify(hostileReport())));
  }));

  test('a_csv_holds_every_row_and_field_of_its_table', () => withPage('sample', {}, {}, async (page) => {
    const file = await downloaded(page, () => page.locator('[data-csv=annotators]').click());
    const question = sampleReport().questions[0];
    const lines = file.text.replace(/^\uFEFF/, '').trimEnd().split('\r\n');
    assert.equal(file.name, 'mizan-annotators.csv');
    assert.equal(lines.length, 1 + question.annotators.length);
    assert.equal(lines[0], Object.keys(question.annotators[0]).filter((key) => key !== 'confusion').join(','));
    assert.ok(lines[1].startsWith(`${question.annotators[0].annotator},${question.annotators[0].supplier},${question.annotators[0].label_count},`));
  }));

  test('every_table_has_a_csv', () => withPage('sample', {}, {}, async (page) => {
    const ids = await page.evaluate(() => [...document.querySelectorAll('[data-csv]')].map((e) => e.dataset.csv));
    assert.deepEqual(ids.sort(), kTables);
  }));

  // A browser holds back the tenth download in a row from one page, so each table has a page of its own.
  for (const id of kTables) {
    test(`the_csv_has_rows: ${id}`, () => withPage('sample', {}, {}, async (page) => {
      const file = await downloaded(page, () => page.locator(`[data-csv=${id}]`).click());
      assert.ok(file.text.split('\r\n').length > 2);
    }));
  }

  test('a_csv_cannot_run_as_a_formula', () => withPage('hostile', {}, {}, async (page) => {
    const file = await downloaded(page, () => page.locator('[data-csv=uncertain]').click());
    assert.ok(file.text.includes("'=cmd|' /C calc'!A0"));
    assert.doesNotMatch(file.text, /^=/m);
  }));
});

describe('hostile names', () => {
  test('no_name_becomes_an_element_or_runs', () => withPage('hostile', {}, {}, async (page) => {
    assert.equal(await page.evaluate(() => document.querySelectorAll('img, main script, main style, svg[onload], b b').length), 0);
    assert.ok(await page.getByText('</script><img src=x onerror=alert(1)>').count() > 0);
  }));

  test('direction_overrides_become_visible', () => withPage('hostile', { lang: 'ar' }, {}, async (page) => {
    const text = await page.evaluate(() => document.querySelector('main').textContent);
    assert.match(text, /\[U\+202E\]evil/);
    assert.doesNotMatch(text, /[\u202a-\u202e]/);
  }));

  test('codes_from_the_future_are_readable', () => withPage('hostile', {}, {}, async (page) => {
    assert.match(await page.locator('.sentences').textContent(), /a code from the future/);
  }));

  for (const report of ['none', 'bare']) {
    test(`a_report_without_questions_still_opens: ${report}`, () => withPage(report, {}, {}, async (page) => {
      assert.match(await page.locator('main').textContent(), /no question/);
    }));
  }

  test('the_second_question_can_be_chosen', () => withPage('hostile', {}, {}, async (page) => {
    await page.selectOption('#question', '1');
    assert.match(await page.locator('.sentences').textContent(), /cannot be known from this file alone/);
    assert.match(page.url(), /question=2/);
  }));
});

test('five_hundred_annotators_draw_at_once', () => withPage('large', {}, {}, async (page) => {
  const took = await page.evaluate(() => { const from = performance.now(); document.querySelector('#language').click(); document.body.getBoundingClientRect(); return performance.now() - from; });
  assert.ok(took < 1500, `${took} ms`);
  assert.match(await page.locator('#annotators .why').first().textContent(), /500 من ١٬٨٤٠|٥٠٠ من ١٬٨٤٠/);
}));
