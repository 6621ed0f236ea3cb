// A server with something on every screen: suppliers with labels, a project of every kind of question, people.
import { seedConsole } from "../e2e/support/console_world.mjs";
import { exampleTemplate, kPayloads, makeProject } from "../e2e/support/worlds.mjs";

const kInstructions = "## How to judge\n\n1. Read the **whole** conversation.\n2. Look for mistakes of fact first, then for what is missing, then for style.\n3. A tie is an answer: use it when you would not mind getting either.\n\nالعربية والإنجليزية سواء: احكم على المعنى لا على اللغة.";

const kNames = {
  preference_pairs: "Helpful answers, pilot",
  rubric_grading: "Medical rubric",
  classification: "Support messages",
  sft_demonstrations: "Expert demonstrations",
  spans: "Medicines and doses · أدوية وجرعات",
  boxes: "Animals in the field",
  audio: "Short recordings",
  chat: "Two models, one talk",
};

export async function makeShowcase(server) {
  const { owner, project, suppliers } = await seedConsole(server, { count: 120 });
  const { supplier_id } = suppliers[1];
  const annotator = await server.person(owner, { email: "amal@example.org", name: "Amal Nasser", role: "annotator", supplier_id });
  const examples = {};
  for (const [name, payload] of Object.entries(kPayloads)) {
    const template = exampleTemplate(name);
    examples[name] = await makeProject(owner, { name: kNames[name], template, payloads: [payload, payload], supplier_id, instructions: kInstructions });
  }
  const history = await makeProject(owner, { name: "Tone of messages", template: exampleTemplate("classification"), payloads: [{ text: "Thank you!" }, { text: "متى يصل الطلب؟" }], supplier_id });
  for (let each = 0; each < 2; each++) {
    const { assignment_id } = await annotator.post(`/projects/${history}/assignments`, {});
    await annotator.post(`/assignments/${assignment_id}/annotation`, { answers: { topic: "other", tone: 4 }, duration_us: 9_000_000 });
  }
  const invite = await owner.post("/invites", { email: "lina@example.org", role: "data_lead" });
  const { data } = await owner.get(`/projects/${project}/tasks?limit=5`);
  const manager = await server.person(owner, { email: "maha@example.org", name: "Maha Said", role: "supplier_manager", supplier_id });
  await manager.post("/api_keys", { name: "Our own annotation system", role: "supplier_manager", supplier_id });
  await owner.post(`/projects/${project}/batches`, { name: "First hundred", kind: "calibration", supplier_id });
  const { webhook_id: webhook } = await owner.post(`/projects/${project}/webhooks`, { url: "https://example.org/mizan", kinds: ["task.done", "annotation.submitted"] });
  const annotations = await owner.get(`/projects/${project}/annotations?limit=1`);
  return { annotator: annotations.data[0].annotator_id, people: { owner, annotator, manager }, supplier: supplier_id, webhook, project, examples, history, inviteLink: invite.link, task: data[4].task_id };
}
