// Ready-made worlds: a project with tasks, a supplier on it, people.
import { readFileSync } from "node:fs";
import path from "node:path";

const kTemplates = path.resolve(import.meta.dirname, "../../../examples/templates");
export const exampleTemplate = (name) => {
  const { $schema: _, ...document } = JSON.parse(readFileSync(path.join(kTemplates, `${name}.json`), "utf8"));
  return document;
};

/** A project of a template with these payloads, on which `supplier` works. */
export async function makeProject(owner, { name, template, payloads, instructions = "", settings = {}, supplier_id, gold = [], price }) {
  const { project_id } = await owner.post("/projects", { name, instructions, settings });
  await owner.post(`/projects/${project_id}/templates`, template);
  if (supplier_id) await owner.post(`/projects/${project_id}/suppliers`, { supplier_id, ...(price ? { price_micros: price, currency: "USD" } : {}) });
  const rows = payloads.map((payload, index) => ({ external_id: `task-${index + 1}`, payload, ...(gold[index] ? { gold: gold[index] } : {}) }));
  if (rows.length)
    await owner.call("POST", `/projects/${project_id}/tasks:import`, rows.map((row) => JSON.stringify(row)).join("\n"), { "Content-Type": "application/x-ndjson" });
  return project_id;
}

/** An owner, a supplier and one of its annotators: `{ owner, supplier_id, annotator }`. */
export async function makeWorld(server, language = "en") {
  const owner = await server.setUp(language);
  const { supplier_id } = await owner.post("/suppliers", { name: "Consilium experts", kind: "expert" });
  const annotator = await server.person(owner, { email: "amal@example.org", name: "Amal Nasser", role: "annotator", supplier_id, language });
  return { owner, supplier_id, annotator };
}

/** A picture of shapes, as a data address: boxes need something to lie on. */
export const kPicture = `data:image/svg+xml;utf8,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="420"><rect width="640" height="420" fill="#cfe3d8"/><rect y="300" width="640" height="120" fill="#8fb08a"/><ellipse cx="190" cy="270" rx="95" ry="55" fill="#6b5a4a"/><circle cx="275" cy="215" r="38" fill="#6b5a4a"/><path d="M250 190l-6-34 26 20zM292 182l16-30 8 36z" fill="#6b5a4a"/><ellipse cx="470" cy="290" rx="70" ry="40" fill="#c98d4f"/><circle cx="530" cy="250" r="30" fill="#c98d4f"/></svg>',
)}`;

/** A tone that grows louder, as the bytes of a WAV file. */
export function wav(seconds) {
  const count = Math.round(8000 * seconds);
  const bytes = Buffer.alloc(44 + count);
  bytes.write("RIFF", 0);
  bytes.writeUInt32LE(36 + count, 4);
  bytes.write("WAVEfmt ", 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(8000, 24);
  bytes.writeUInt32LE(8000, 28);
  bytes.writeUInt16LE(1, 32);
  bytes.writeUInt16LE(8, 34);
  bytes.write("data", 36);
  bytes.writeUInt32LE(count, 40);
  for (let at = 0; at < count; at++) bytes[44 + at] = 128 + Math.round(((20 + 90 * (at / count)) * Math.sin((at * 2 * Math.PI * 440) / 8000) * (1 + Math.sin(at / 900))) / 2);
  return bytes;
}

/** A second of it in a data address. */
export const tone = () => `data:audio/wav;base64,${wav(1).toString("base64")}`;

const kMarkdown = "A **short** answer.\n\n```python\nprint(2 ** 10)\n```\n\nThe root is $x = \\frac{-b \\pm \\sqrt{b^2-4ac}}{2a}$, and\n\n$$\\int_0^1 x^2\\,dx = \\tfrac13$$";
const kArabic = "الجواب **المختصر**: استعمل `print()`، ثم احسب $x^2$.";

/** A payload for every example template. */
export const kPayloads = {
  preference_pairs: {
    messages: [
      { role: "system", content: "You are a careful assistant." },
      { role: "user", content: "How do I solve $ax^2+bx+c=0$? أجب بالعربية إن أمكن." },
    ],
    response_a: kMarkdown,
    response_b: kArabic,
  },
  rubric_grading: { question: "My head has hurt for three days. What should I take?", answer: "Rest, **drink water**, and see a doctor if:\n\n- the pain came suddenly\n- you have a stiff neck" },
  classification: { text: "The invoice of March was charged twice, and nobody answers my mails. متى يُعاد المبلغ؟" },
  sft_demonstrations: { messages: [{ role: "user", content: "Explain recursion to a ten-year-old." }] },
  spans: { text: "خذ 500 ملغ من الباراسيتامول كل ست ساعات. Then 250 mg of amoxicillin twice a day.", measurements: [{ time: "08:00", value: 37.2 }, { time: "20:00", value: 38.4 }] },
  boxes: { image: kPicture, caption: "<h3>Two animals</h3><script>parent.document.title='broken out'</script><p>in a field</p>" },
  audio: { audio: tone() },
  chat: { brief: "Plan a **weekend** with both models." },
};
