// What tasks show lies on other servers.
import { createServer } from "node:http";

/**
 * Another server, which holds a file: whether others may read it, and how often a program did (`reads`). It sends whole files only.
 * `localhost` is another site than the 127.0.0.1 of the app.
 */
export async function fileServer(t, { bytes, name, type, isOpen = true, status = 200 }) {
  const found = { reads: 0, cookies: false };
  const server = createServer((request, response) => {
    if (request.headers["sec-fetch-dest"] === "empty") found.reads += 1;
    found.cookies ||= Boolean(request.headers.cookie);
    response.writeHead(status, { "Content-Type": type, "Content-Length": bytes.length, ...(isOpen ? { "Access-Control-Allow-Origin": "*" } : {}) });
    response.end(bytes);
  });
  await new Promise((ready) => server.listen(0, "localhost", ready));
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return Object.assign(found, { address: `http://localhost:${server.address().port}/${name}` });
}

/** A PDF with a page for each line of text, and a black bar on each. */
export function pdf(lines) {
  const kids = lines.map((_, index) => `${4 + 2 * index} 0 R`).join(" ");
  const objects = ["<< /Type /Catalog /Pages 2 0 R >>", `<< /Type /Pages /Kids [${kids}] /Count ${lines.length} >>`, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"];
  lines.forEach((line, index) => {
    const content = `BT /F1 24 Tf 40 220 Td (${line}) Tj ET 40 100 200 60 re f`;
    objects.push(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 420 300] /Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + 2 * index} 0 R >>`);
    objects.push(`<< /Length ${content.length} >>\nstream\n${content}\nendstream`);
  });
  let text = "%PDF-1.4\n";
  const offsets = objects.map((object, index) => {
    const at = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const table = text.length;
  const rows = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer << /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`;
  return Buffer.from(text, "latin1");
}
