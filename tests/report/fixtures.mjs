// Reports to draw: a pilot of three suppliers, one that tries to break the page, a large one, and empty ones.
// `node fixtures.mjs` writes the first two to tests/golden/report; a test holds those files to this text.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const round = (value, digits = 4) => Number(value.toFixed(digits));
const clamp = (value) => Math.min(1, Math.max(0, value));

// A Wilson interval, enough for a picture.
function interval(share, n) {
  const z2 = 1.96 ** 2;
  const middle = (share + z2 / (2 * n)) / (1 + z2 / n);
  const half = (1.96 / (1 + z2 / n)) * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n));
  return [round(clamp(middle - half)), round(clamp(middle + half))];
}

function confusion(size, accuracy, next) {
  return Array.from({ length: size }, (_, row) => {
    const weights = Array.from({ length: size }, (_, column) => (row === column ? 0 : 0.2 + next()));
    const sum = weights.reduce((a, b) => a + b, 0);
    return weights.map((w, column) => round(row === column ? accuracy : ((1 - accuracy) * w) / sum));
  }).flat();
}

function annotator(id, supplier, accuracy, labels, next, more = {}) {
  const right = clamp(accuracy + (next() - 0.5) * 0.03);
  const [low, high] = interval(right, labels);
  const gold = Math.round(labels * 0.06);
  return {
    annotator: id, supplier, label_count: labels, task_count: labels, accuracy: round(right), accuracy_low: low, accuracy_high: high,
    agreement_with_consensus: round(clamp(right + 0.02)), gold_label_count: gold, gold_correct_count: Math.round(gold * right),
    seconds_median: null, cost: null, cost_per_correct: null, flags: [], confusion: null, ...more,
  };
}

const kPilot = [
  { supplier: 'crowd-east', kind: 'ce', people: 30, accuracy: 0.765, price: 0.04, seconds: 11 },
  { supplier: 'experts', kind: 'ex', people: 6, accuracy: 0.942, price: 0.55, seconds: 48 },
  { supplier: 'judge-llm', kind: 'jl', people: 4, accuracy: 0.858, price: 0.006, seconds: 2.1 },
];

function pilotAnnotators(next) {
  const people = kPilot.flatMap((s) => Array.from({ length: s.people }, (_, i) => {
    const labels = Math.round((s.kind === 'ce' ? 90 : 260) * (0.4 + 1.3 * next()));
    const accuracy = clamp(s.accuracy + (next() - 0.5) * (s.kind === 'ce' ? 0.22 : 0.05));
    return annotator(`${s.kind}-${String(i + 1).padStart(3, '0')}`, s.supplier, accuracy, labels, next, {
      seconds_median: round(s.seconds * (0.7 + 0.7 * next()), 1), cost: round(labels * s.price, 2), cost_per_correct: round(s.price / accuracy, 4), confusion: confusion(4, accuracy, next),
    });
  }));
  Object.assign(people[4], { accuracy: 0.271, accuracy_low: 0.19, accuracy_high: 0.371, flags: [{ code: 'random_answers', p_value: 0.61, args: { agreement: 0.02, expected: 0.66 } }, { code: 'too_fast', p_value: 2e-9, args: { share: 0.92, threshold_seconds: 1.6, median_seconds: 10.8 } }], seconds_median: 1.2 });
  Object.assign(people[11], { accuracy: 0.342, accuracy_low: 0.252, accuracy_high: 0.443, flags: [{ code: 'constant_answers', p_value: 3e-12, args: { class: 'helpful', share: 0.94, expected: 0.41 } }] });
  for (const [a, b] of [[17, 18], [18, 17]]) people[a].flags = [{ code: 'copied_work', p_value: 4e-8, args: { other: people[b].annotator, shared_task_count: 88 } }];
  return people.sort((a, b) => b.label_count - a.label_count);
}

function pilotSuppliers(people, next) {
  return kPilot.map((s) => {
    const own = people.filter((a) => a.supplier === s.supplier);
    const labels = own.reduce((sum, a) => sum + a.label_count, 0);
    const right = own.reduce((sum, a) => sum + a.label_count * a.accuracy, 0) / labels;
    const [low, high] = interval(right, labels / 2.6);
    const gold = own.reduce((sum, a) => sum + a.gold_label_count, 0);
    return {
      supplier: s.supplier, annotator_count: own.length, label_count: labels, task_count: Math.min(1200, Math.round(labels * 0.62)), accuracy: round(right), accuracy_low: low, accuracy_high: high,
      basis: 'gold_and_model', gold_label_count: gold, gold_correct_count: own.reduce((sum, a) => sum + a.gold_correct_count, 0), cost: round(labels * s.price, 2), price_per_label: s.price,
      cost_per_correct: round(s.price / right, 5), cost_per_correct_low: round(s.price / high, 5), cost_per_correct_high: round(s.price / low, 5), seconds_median: s.seconds,
      flagged_annotator_count: own.filter((a) => a.flags.length).length, confusion: confusion(4, right, next),
    };
  });
}

function pilotPairs([crowd, experts, judge]) {
  const pair = (a, b, half, probability, conclusion, tasks) => {
    const difference = round(a.accuracy - b.accuracy);
    return { supplier_a: a.supplier, supplier_b: b.supplier, difference, low: round(difference - half), high: round(difference + half), basis: 'gold_and_model', method: 'ppi_plus_plus', task_count: tasks, gold_task_count: 72, probability_a_better: probability, conclusion };
  };
  return [pair(experts, judge, 0.052, 0.9991, 'a_better', 611), pair(experts, crowd, 0.047, 0.99998, 'a_better', 598), pair(judge, crowd, 0.151, 0.957, 'not_known', 702)];
}

function pilotConsensus() {
  const histogram = [0, 0, 0, 2, 21, 64, 97, 148, 273, 595];
  const bins = [[0.4, 0.5, 2, 0.47, 0.5], [0.5, 0.6, 4, 0.556, 0.5], [0.6, 0.7, 6, 0.652, 0.667], [0.7, 0.8, 9, 0.757, 0.778], [0.8, 0.9, 16, 0.858, 0.875], [0.9, 1, 35, 0.967, 0.971]];
  return {
    mean_confidence: 0.861, confidence_histogram: histogram, class_counts: [492, 318, 251, 139], uncertain_task_count: 40,
    calibration: { task_count: 72, accuracy: 0.8611, ece: 0.0231, log_loss: 0.412, bins: bins.map(([low, high, n, mean, accuracy]) => ({ low, high, task_count: n, mean_confidence: mean, accuracy, accuracy_low: interval(accuracy, n)[0], accuracy_high: interval(accuracy, n)[1] })) },
  };
}

function pilotMix() {
  const option = (parts, accuracy, half, cost) => ({ supplier_mix: parts.map(([supplier, labels_per_task]) => ({ supplier, labels_per_task })), accuracy, accuracy_low: round(accuracy - half), accuracy_high: round(Math.min(1, accuracy + half)), cost_per_task: cost });
  return {
    target_accuracy: 0.93, basis: 'gold_and_model', cheapest: 3, options: [
      option([['judge-llm', 1]], 0.858, 0.019, 0.006), option([['judge-llm', 3]], 0.883, 0.018, 0.018), option([['crowd-east', 3]], 0.861, 0.021, 0.12),
      option([['judge-llm', 3], ['crowd-east', 4]], 0.934, 0.015, 0.178), option([['crowd-east', 7]], 0.917, 0.017, 0.28), option([['experts', 1]], 0.942, 0.02, 0.55), option([['experts', 1], ['judge-llm', 2]], 0.958, 0.014, 0.562), option([['experts', 3]], 0.979, 0.011, 1.65),
    ],
  };
}

function pilotWork(people, next) {
  const classes = ['helpful', 'harmless', 'evasive', 'wrong'];
  const pick = (list) => list[Math.floor(next() * list.length)];
  const uncertain = Array.from({ length: 40 }, (_, i) => {
    const votes = [2 + Math.floor(next() * 2), 2, Math.floor(next() * 2), Math.floor(next() * 2)].map((n, j, all) => all[(j + i) % 4]);
    return { task: `task-${1000 + Math.floor(next() * 8999)}`, consensus: classes[votes.indexOf(Math.max(...votes))], confidence: round(0.38 + i * 0.006), label_count: votes.reduce((a, b) => a + b), votes, expert_value: round(0.55 - i * 0.006) };
  });
  const errors = Array.from({ length: 120 }, (_, i) => {
    const who = pick(people);
    const label = pick(classes);
    return { task: `task-${1000 + Math.floor(next() * 8999)}`, annotator: who.annotator, supplier: who.supplier, label, consensus: pick(classes.filter((c) => c !== label)), probability_wrong: round(0.9998 - i * 0.001) };
  });
  return { classes, uncertain, errors };
}

export function sampleReport() {
  const next = random(7);
  const people = pilotAnnotators(next);
  const suppliers = pilotSuppliers(people, next);
  const labels = people.reduce((sum, a) => sum + a.label_count, 0);
  const { classes, uncertain, errors } = pilotWork(people, next);
  const [crowd, experts, judge] = suppliers;
  const mix = pilotMix();
  const coefficient = (scope, supplier, name, value, half, tasks, annotators) => ({ scope, supplier, coefficient: name, weights: 'nominal', value, low: value === null ? null : round(value - half), high: value === null ? null : round(value + half), task_count: tasks, annotator_count: annotators, undefined_because: value === null ? 'no_overlap' : null });
  return {
    schema: 'mizan.audit.report', schema_version: 1, mizan_version: '0.1.0', created_at: '2026-01-31T12:00:00Z', seed: 1,
    input: {
      name: 'pilot-labels.csv', format: 'csv', byte_count: 341872, row_count: labels + 14, used_row_count: labels,
      columns: [['task_id', 'task'], ['annotator', 'annotator'], ['supplier', 'supplier'], ['label', 'label'], ['price', 'price'], ['seconds', 'seconds'], ['comment', 'ignored']].map(([name, role]) => ({ name, role })),
      task_count: 1200, annotator_count: people.length, supplier_count: 3, currency: 'USD',
      oddities: [{ code: 'unusable_row', count: 14, examples: ['line 377: the label is empty', 'line 1402: the label is empty'] }, { code: 'trimmed_space', count: 31, examples: ['line 12: blanks around "helpful"'] }],
    },
    questions: [{
      name: 'label', classes, task_count: 1200, annotator_count: people.length, label_count: labels, gold_task_count: 72, labels_per_task: round(labels / 1200, 3),
      verdict: [
        { code: 'best_supplier', args: { supplier: 'experts', accuracy: experts.accuracy, low: experts.accuracy_low, high: experts.accuracy_high, runner_up: 'judge-llm', probability: 0.9991 } },
        { code: 'cheapest_mix', args: { target: 0.93, mix: mix.options[3].supplier_mix, accuracy: 0.934, low: 0.919, high: 0.949, cost_per_task: 0.178 } },
        { code: 'errors_and_flags', args: { error_count: 120, task_count: 40, annotator_count: 4 } },
      ],
      label_accuracy: 0.824, label_accuracy_low: 0.808, label_accuracy_high: 0.839,
      notes: [{ code: 'repeated_labels', args: { count: 9 } }, { code: 'few_labels_per_annotator', args: { count: 7, minimum: 50 } }, { code: 'gold_assumed_random', args: {} }, { code: 'mix_assumes_independence', args: {} }, { code: 'supplier_own_consensus', args: { supplier: 'judge-llm' } }],
      method: {
        name: 'blend', parts: [['dawid_skene_early', 0.22], ['class_coin', 0.31], ['mace', 0.28], ['majority', 0.19]].map(([method, weight]) => ({ method, weight })),
        reasons: [{ code: 'default_blend', args: {} }, { code: 'gold_weights', args: { gold_task_count: 72 } }, { code: 'gold_temperature', args: { temperature: 1.23 } }],
        temperature: 1.23, calibrated_on: 'gold', iterations: 14, converged: true,
      },
      class_prior: [0.41, 0.265, 0.209, 0.116], consensus: pilotConsensus(),
      agreement: [coefficient('all', null, 'krippendorff_alpha', 0.612, 0.018, 1200, people.length), coefficient('all', null, 'gwet_ac1', 0.658, 0.017, 1200, people.length), coefficient('all', null, 'percent', 0.731, 0.013, 1200, people.length), { scope: 'annotator_pair', supplier: null, annotator_a: 'ex-001', annotator_b: 'ex-002', coefficient: 'cohen_kappa', weights: 'linear', value: 0.88, low: 0.79, high: 0.95, task_count: 61, annotator_count: 2, undefined_because: null }, coefficient('all', null, 'fleiss_kappa', null, 0, 0, 0),
        ...suppliers.map((s, i) => coefficient('supplier', s.supplier, 'krippendorff_alpha', [0.498, 0.874, 0.913][i], [0.027, 0.031, 0.016][i], s.task_count, s.annotator_count))].map((row) => (row.coefficient === 'fleiss_kappa' ? { ...row, undefined_because: 'unequal_label_counts' } : row)),
      suppliers, pairs: pilotPairs([crowd, experts, judge]), mix, annotators: people, annotators_shown: people.length, uncertain_tasks: uncertain, likely_error_count: 120, likely_errors: errors,
      copied_pairs: [{ annotator_a: 'ce-018', annotator_b: 'ce-019', shared_task_count: 88, agreement: 0.966, expected_agreement: 0.641, z: 6.36, p_value: 2.1e-10, q_value: 4.4e-8 }],
    }],
  };
}

const kEvil = [
  '</script><img src=x onerror=alert(1)>', '<!--<script>', '\u202Eevil\u202Egpj.exe', '"><svg/onload=alert(2)>', 'ids-'.repeat(700), '=cmd|\' /C calc\'!A0', '\u2028line\u2029', '', ' ', '{count|count}', '__proto__', 'constructor', 'عامل رقم ٧ (ab)', '🙂'.repeat(40), '\u0000\u0007', '${alert(3)}', "';alert(4)//", ']]>', '%00', '\u2066unclosed',
];

export function hostileReport() {
  const next = random(11);
  const suppliers = Array.from({ length: 60 }, (_, i) => `${kEvil[i % kEvil.length]}${i}`);
  const classes = Array.from({ length: 26 }, (_, i) => (i % 3 ? String.fromCharCode(97 + i) : `${kEvil[i % kEvil.length]}${i}`));
  const nulls = (names) => Object.fromEntries(names.map((name) => [name, null]));
  const accuracyNulls = nulls(['accuracy', 'accuracy_low', 'accuracy_high', 'cost', 'price_per_label', 'cost_per_correct', 'cost_per_correct_low', 'cost_per_correct_high', 'seconds_median']);
  const known = (i) => (i % 2 ? accuracyNulls : { ...accuracyNulls, accuracy: round(next()), accuracy_low: 0, accuracy_high: 1, price_per_label: round(next() * 1e-4, 8) });
  const question = {
    name: kEvil[0], classes, task_count: 1e9, annotator_count: 200, label_count: null, gold_task_count: 0, labels_per_task: null,
    verdict: [{ code: 'best_supplier', args: { supplier: kEvil[0], accuracy: null, low: null, high: null, runner_up: kEvil[2], probability: 1 } }, { code: 'a_code_from_the_future', args: {} }, { code: 'suppliers_not_distinguishable', args: null }],
    notes: [{ code: 'no_gold', args: {} }, { code: 'no_price', args: {} }, { code: 'no_time', args: {} }, { code: '<b>bold</b>', args: {} }, { code: 'rare_classes', args: { count: 3, classes: kEvil.slice(0, 3) } }],
    method: { name: 'unheard_of', parts: [{ method: '<i>', weight: null }], reasons: [{ code: 'nonsense', args: null }], temperature: null, calibrated_on: null, iterations: null, converged: null },
    class_prior: null, consensus: { mean_confidence: null, confidence_histogram: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0], class_counts: null, calibration: null },
    agreement: [{ scope: 'all', supplier: null, coefficient: 'krippendorff_alpha', weights: 'nominal', value: null, low: null, high: null, task_count: null, annotator_count: null, undefined_because: 'one_class' }, { scope: 'supplier', supplier: kEvil[3], coefficient: 'made_up', weights: null, value: -0.4, low: null, high: null, task_count: 2, annotator_count: 2, undefined_because: null }],
    suppliers: suppliers.map((supplier, i) => ({ supplier, annotator_count: null, label_count: i ? 5 : null, task_count: null, ...known(i), basis: null, gold_label_count: 0, gold_correct_count: 0, flagged_annotator_count: null, confusion: i ? null : confusion(26, 0.5, next).map((v, j) => (j % 7 ? v : null)) })),
    pairs: suppliers.slice(1).map((supplier, i) => ({ supplier_a: suppliers[0], supplier_b: supplier, difference: i % 2 ? null : round(next() - 0.5), low: null, high: null, basis: null, method: null, task_count: null, gold_task_count: null, probability_a_better: i % 2 ? null : 1, conclusion: i % 2 ? 'not_known' : 'a_better' })),
    mix: { target_accuracy: null, options: [{ supplier_mix: [{ supplier: kEvil[0], labels_per_task: 1 }], accuracy: null, accuracy_low: null, accuracy_high: null, cost_per_task: null }], cheapest: null, basis: null },
    annotators: Array.from({ length: 200 }, (_, i) => ({ annotator: `${kEvil[i % kEvil.length]}#${i}`, supplier: i % 5 ? suppliers[i % 60] : null, label_count: i, task_count: null, ...known(i), agreement_with_consensus: null, gold_label_count: null, gold_correct_count: null, flags: i % 9 ? [] : [{ code: 'random_answers', p_value: null, args: null }, { code: kEvil[0], p_value: 0, args: {} }], confusion: null })),
    annotators_shown: 200,
    uncertain_tasks: kEvil.map((task) => ({ task, consensus: null, confidence: null, label_count: null, votes: null, expert_value: null })),
    likely_errors: kEvil.map((task, i) => ({ task, annotator: kEvil[(i + 1) % kEvil.length], supplier: null, label: kEvil[(i + 2) % kEvil.length], consensus: kEvil[3], probability_wrong: i ? null : 1 })),
    copied_pairs: [{ annotator_a: kEvil[0], annotator_b: kEvil[1], shared_task_count: null, agreement: null, expected_agreement: null, z: null, p_value: null, q_value: 0 }],
  };
  return {
    schema: 'mizan.audit.report', schema_version: 1, mizan_version: '0.1.0', created_at: 'not a date', seed: 1,
    input: { name: `${kEvil[2]}${kEvil[0]}.csv`, format: 'csv', byte_count: 0, row_count: 0, used_row_count: 0, columns: kEvil.slice(0, 5).map((name) => ({ name, role: 'unheard_of' })), task_count: 0, annotator_count: 0, supplier_count: 0, currency: '<x>', oddities: [{ code: 'unusable_row', count: 2, examples: kEvil.slice(0, 4) }, { code: 'constructor', count: null, examples: null }] },
    questions: [question, { ...emptyQuestion(), name: kEvil[2] }],
  };
}

export function emptyQuestion() {
  return { name: 'q', classes: [], task_count: 0, annotator_count: 0, label_count: 0, gold_task_count: 0, labels_per_task: null, verdict: [{ code: 'accuracy_unknown', args: {} }], notes: [{ code: 'one_label_per_task', args: {} }], method: null, class_prior: [], consensus: null, agreement: [], suppliers: [], pairs: [], mix: null, annotators: [], annotators_shown: 0, uncertain_tasks: [], likely_errors: [], copied_pairs: [] };
}

export function emptyReport() {
  return { ...sampleReport(), questions: [] };
}

// 12 suppliers, 500 annotators, 10 classes: the most a page is expected to hold.
export function largeReport() {
  const next = random(3);
  const report = sampleReport();
  const question = report.questions[0];
  question.classes = Array.from({ length: 10 }, (_, i) => `class ${i}`);
  question.class_prior = question.classes.map(() => 0.1);
  question.consensus.class_counts = question.classes.map(() => 120);
  question.annotators = Array.from({ length: 500 }, (_, i) => annotator(`w-${i}`, `supplier-${i % 12}`, 0.6 + 0.35 * next(), 40 + Math.floor(next() * 900), next, { seconds_median: round(3 + 20 * next(), 1), confusion: confusion(10, 0.7, next) }));
  question.suppliers = Array.from({ length: 12 }, (_, i) => ({ ...question.suppliers[i % 3], supplier: `supplier-${i}`, accuracy: round(0.7 + 0.02 * i), accuracy_low: round(0.68 + 0.02 * i), accuracy_high: round(0.72 + 0.02 * i), confusion: confusion(10, 0.7, next) }));
  question.annotator_count = 1840;
  return report;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [name, report] of [['sample', sampleReport()], ['hostile', hostileReport()]]) {
    writeFileSync(new URL(`../golden/report/${name}.report.json`, import.meta.url), `${JSON.stringify(report, null, 1)}\n`);
  }
}
