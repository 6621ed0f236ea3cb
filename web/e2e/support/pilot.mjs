// A project that three suppliers have labelled, with known skill: what there is to compare. Made through the API alone; the
// same every time.
//
//   const pilot = await makePilot(owner);      // { project, suppliers: { bazaar, consilium, judge }, skill }

/** A small generator of the same numbers everywhere (mulberry32). */
export function makeChance(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const kClasses = ["positive", "neutral", "negative"];
const kTexts = {
  en: ["The kettle boils in a minute.", "It stopped after a week.", "A kettle. It holds water.", "The lid fits well.", "I sent it back."],
  ar: ["الغلاية تغلي في دقيقة.", "تعطلت بعد أسبوع.", "غلاية تسع لترًا.", "الغطاء محكم.", "أعدتها إلى المتجر."],
};

export const kTemplate = {
  title: "Sentiment of a product review",
  display: [{ type: "text", path: "/text" }],
  questions: [
    {
      name: "sentiment",
      type: "choice",
      title: "What does the writer feel about the product?",
      options: kClasses.map((value, place) => ({ value, shortcut: String(place + 1) })),
    },
  ],
};

/** name, kind, annotators, price of an annotation, share of right answers by domain */
const kSuppliers = {
  bazaar: { name: "Bazaar crowd", kind: "crowd", annotators: 6, price_micros: 50_000, skill: { kitchen: 0.84, garden: 0.7, medicine: 0.52 } },
  consilium: { name: "Consilium experts", kind: "expert", annotators: 3, price_micros: 600_000, skill: { kitchen: 0.93, garden: 0.94, medicine: 0.95 } },
  judge: { name: "Judge model", kind: "model", annotators: 1, price_micros: 10_000, skill: { kitchen: 0.9, garden: 0.86, medicine: 0.72 } },
};
const kDomains = ["kitchen", "garden", "medicine"];

const lines = (rows) => rows.map((row) => JSON.stringify(row)).join("\n") + "\n";
const asLines = { "Content-Type": "application/x-ndjson" };

export async function makePilot(owner, { tasks = 180, gold = 45, name = "Pilot: sentiment of reviews" } = {}) {
  const chance = makeChance(7);
  const settings = { overlap: { kind: "fixed", labels_per_task: 5 }, review_reasons: ["wrong", "careless"], review_share: 0.1 };
  const project = await owner.post("/projects", { name, instructions: "Judge the **product**, not the delivery.", settings });
  await owner.post(`/projects/${project.project_id}/templates`, kTemplate);
  const rows = Array.from({ length: tasks }, (_, place) => {
    const language = place % 3 === 0 ? "ar" : "en";
    const truth = kClasses[Math.floor(chance() * 3)];
    const text = `${kTexts[language][place % 5]} (${place + 1})`;
    return { external_id: `review-${place + 1}`, payload: { text, shelf: "A" }, language, domain: kDomains[Math.floor(place / 3) % 3], truth };
  });
  const imported = rows.map(({ truth, ...row }, place) => (place < gold ? { ...row, gold: { answers: { sentiment: truth } } } : row));
  await owner.call("POST", `/projects/${project.project_id}/tasks:import`, lines(imported), asLines);
  const suppliers = {};
  for (const [key, supplier] of Object.entries(kSuppliers)) suppliers[key] = await label(owner, project, supplier, rows, chance);
  return { project, suppliers };
}

async function label(owner, project, { name, kind, annotators, price_micros, skill }, rows, chance) {
  const made = (await owner.get("/suppliers")).data.find((each) => each.name === name);
  const supplier = made ?? (await owner.post("/suppliers", { name, kind }));
  await owner.post(`/projects/${project.project_id}/suppliers`, { supplier_id: supplier.supplier_id, price_micros, currency: "USD" });
  const annotations = rows.flatMap((row, place) => {
    // A crowd labels a task twice; the others once.
    const times = kind === "crowd" ? 2 : 1;
    return Array.from({ length: times }, (_, time) => {
      const others = kClasses.filter((each) => each !== row.truth);
      const sentiment = chance() < skill[row.domain] ? row.truth : others[Math.floor(chance() * 2)];
      const contributor = `${kind}-${((place + time * 3) % annotators) + 1}`;
      return { external_id: row.external_id, contributor_id: contributor, answers: { sentiment }, seconds: Math.round(6 + chance() * 20), price_micros };
    });
  });
  const address = `/projects/${project.project_id}/suppliers/${supplier.supplier_id}/annotations:import`;
  const done = await owner.call("POST", address, lines(annotations), asLines);
  if (done.refused_count) throw new Error(`annotations refused: ${JSON.stringify(done.errors[0])}`);
  return supplier;
}
