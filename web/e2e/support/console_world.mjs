// A project with suppliers, annotators, tasks and labels, for tests and pictures of the console; made through the API.

/** Numbers that look random and are the same every time. */
export function dice(seed) {
  let state = seed;
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 2147483648;
  };
}

export const kTemplate = {
  title: "What is this message about?",
  display: [{ type: "text", path: "/text", title: "Message" }],
  questions: [
    { name: "topic", type: "choice", title: "Topic", options: [{ value: "billing", title: "Billing" }, { value: "technical", title: "Technical" }, { value: "other", title: "Other" }] },
    { name: "note", type: "text", title: "Note", required: false },
  ],
};

const kTexts = {
  billing: ["I was charged twice for June.", "تم خصم المبلغ مرتين هذا الشهر.", "Please send last year's invoice again."],
  technical: ["The app closes as soon as I open it.", "لا أستطيع الدخول منذ التحديث الأخير.", "Pages load, pictures do not."],
  other: ["Do you have an office in Cairo?", "شكرًا لكم على الخدمة الممتازة.", "I would like to work with you."],
};
const kTopics = Object.keys(kTexts);

async function annotatorsOf(server, owner, supplier, skills) {
  const people = [];
  for (const [index, skill] of skills.entries()) {
    const email = `${supplier.name.toLowerCase().replaceAll(" ", ".")}.${index + 1}@example.org`;
    const caller = await server.person(owner, { email, name: `${supplier.name} ${index + 1}`, role: "annotator", supplier_id: supplier.supplier_id });
    people.push({ caller, skill });
  }
  return people;
}

/** Leases and answers until there is nothing more; who errs says another topic. */
async function work(project, people, truth, random) {
  for (let isBusy = true; isBusy; ) {
    isBusy = false;
    for (const { caller, skill } of people) {
      const leased = await caller.post(`/projects/${project}/assignments`, {}).catch(() => null);
      const assignment = leased?.assignment ?? leased;
      if (!assignment?.assignment_id) continue;
      isBusy = true;
      const right = truth.get(assignment.payload.text) ?? "other";
      const wrong = kTopics.filter((topic) => topic !== right)[random() < 0.5 ? 0 : 1];
      const answers = { topic: random() < skill ? right : wrong };
      await caller.post(`/assignments/${assignment.assignment_id}/annotation`, { answers, duration_us: Math.round(4e6 + random() * 2e7) });
    }
  }
}

/** { owner, project, suppliers } with `count` tasks, labelled by two suppliers. */
export async function seedConsole(server, { count = 60, language = "en", labelled = true } = {}) {
  const owner = await server.setUp(language);
  const random = dice(7);
  const settings = { overlap: { kind: "fixed", labels_per_task: 3 }, review_share: 0.1, gold: { rate_at_start: 0.1, rate_later: 0.1 } };
  const project = await owner.post("/projects", { name: "Support topics", instructions: "Read the whole message first.", settings });
  const id = project.project_id;
  await owner.post(`/projects/${id}/templates`, kTemplate);
  const suppliers = [];
  for (const [name, kind, price] of [["Nile Crowd", "crowd", 40_000], ["Legal Experts", "expert", 900_000]]) {
    const supplier = await owner.post("/suppliers", { name, kind });
    await owner.post(`/projects/${id}/suppliers`, { supplier_id: supplier.supplier_id, price_micros: price, currency: "USD" });
    suppliers.push(supplier);
  }
  const truth = new Map();
  const rows = Array.from({ length: count }, (_, index) => {
    const topic = kTopics[index % 3];
    const text = `${kTexts[topic][Math.floor(index / 3) % 3]} (${index + 1})`;
    truth.set(text, topic);
    return { external_id: `msg-${String(index + 1).padStart(4, "0")}`, payload: { text }, domain: index % 2 ? "law" : "", language: index % 3 === 1 ? "ar" : "en", ...(index < 4 ? { gold: { answers: { topic }, concept: "plain", explanation: "Read the verb." } } : {}) };
  });
  await owner.call("POST", `/projects/${id}/tasks:import`, rows.map((row) => JSON.stringify(row)).join("\n"), { "Content-Type": "application/x-ndjson" });
  if (labelled) {
    const people = [...(await annotatorsOf(server, owner, suppliers[0], [0.85, 0.7, 0.9])), ...(await annotatorsOf(server, owner, suppliers[1], [0.97, 0.95]))];
    await work(id, people, truth, random);
  }
  return { owner, project: id, suppliers };
}
