"""Pages for people, without scripts: the API reference made of the contract, and the list of errors."""
import base64
import hashlib
import html
import json
import re

STYLE = """
:root{color-scheme:light dark;--ink:#1c2330;--dim:#5b6575;--line:#d8dde6;--soft:#f4f6f9;--page:#fff;--accent:#0b6e4f}
@media(prefers-color-scheme:dark){:root{--ink:#e6e9ef;--dim:#9aa4b5;--line:#323a48;--soft:#1b212c;--page:#12161e;--accent:#4cc38a}}
*{box-sizing:border-box}body{margin:0;background:var(--page);color:var(--ink);font:15px/1.55 system-ui,sans-serif;display:flex}
nav{width:17rem;flex:none;height:100vh;position:sticky;top:0;overflow:auto;border-right:1px solid var(--line);padding:1rem;font-size:13px}
nav h2{font-size:12px;text-transform:uppercase;letter-spacing:.06em;color:var(--dim);margin:1.2em 0 .3em}
nav a{display:block;color:var(--ink);text-decoration:none;padding:.1em 0}nav a:hover{color:var(--accent)}
main{flex:1;min-width:0;max-width:60rem;padding:1.5rem 2rem 6rem}h1{font-size:1.6rem}
h2{margin-top:2.5em;border-bottom:1px solid var(--line)}h3{margin:2.2em 0 .3em;font-size:1rem}
a{color:var(--accent)}code,pre{font:13px/1.5 ui-monospace,monospace}pre{background:var(--soft);padding:.8rem;overflow:auto;border-radius:6px}
code{background:var(--soft);padding:.1em .3em;border-radius:3px}pre code{padding:0}.verb{color:var(--accent);font-weight:700}
table{border-collapse:collapse;width:100%;margin:.5em 0;font-size:14px}td,th{text-align:start;vertical-align:top;padding:.3em .6em .3em 0;border-bottom:1px solid var(--line)}
th{color:var(--dim);font-weight:600}.dim{color:var(--dim)}details{margin:.4em 0}summary{cursor:pointer;color:var(--dim)}
@media(max-width:50rem){body{display:block}nav{width:auto;height:auto;position:static}main{padding:1rem}}
"""
METHODS = ("get", "post", "put", "patch", "delete")


def policy() -> str:
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"


def _inline(text: str) -> str:
    text = html.escape(text, quote=False)
    text = re.sub(r"`([^`]+)`", r"<code>\1</code>", text)
    text = re.sub(r"\*\*([^*]+)\*\*", r"<strong>\1</strong>", text)
    return re.sub(r"\[([^\]]+)\]\((#[^)\s]+|https?://[^)\s]+)\)", r'<a href="\2">\1</a>', text)


def _markdown(text: str) -> str:
    """The little Markdown that our documents use: headings, lists, code, paragraphs."""
    out, paragraph, items, code = [], [], [], None

    def flush():
        if paragraph:
            out.append(f"<p>{_inline(' '.join(paragraph))}</p>")
            paragraph.clear()
        if items:
            out.append("<ul>" + "".join(f"<li>{_inline(item)}</li>" for item in items) + "</ul>")
            items.clear()

    for line in text.splitlines():
        if line.startswith("```"):
            if code is None:
                flush()
                code = []
            else:
                out.append(f"<pre><code>{html.escape(chr(10).join(code))}</code></pre>")
                code = None
        elif code is not None:
            code.append(line)
        elif heading := re.match(r"(#+) (.*)", line):
            flush()
            level, title = len(heading[1]), heading[2]
            out.append(f'<h{level} id="{html.escape(title)}">{_inline(title)}</h{level}>')
        elif line.startswith("* "):
            items.append(line[2:])
        elif items and line.startswith("  "):
            items[-1] += " " + line.strip()
        elif not line.strip():
            flush()
        else:
            paragraph.append(line.strip())
    flush()
    return "\n".join(out)


def _page(title: str, navigation: str, content: str) -> str:
    return (f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{html.escape(title)}</title>'
            f'<meta name="viewport" content="width=device-width,initial-scale=1"><style>{STYLE}</style></head>'
            f"<body><nav>{navigation}</nav><main>{content}</main></body></html>\n")


def errors(markdown: str) -> str:
    codes = re.findall(r"^## (\S+)$", markdown, re.MULTILINE)
    links = "".join(f'<a href="#{code}">{code}</a>' for code in codes)
    return _page("Mizan: errors", f'<a href="/api/docs">API reference</a><h2>Errors</h2>{links}', _markdown(markdown))


class _Reference:
    def __init__(self, document):
        self.document = document
        self.schemas = document["components"]["schemas"]

    def resolve(self, node):
        while isinstance(node, dict) and "$ref" in node:
            target = self.document
            for part in node["$ref"][2:].split("/"):
                target = target[part]
            node = target
        return node

    def type_text(self, schema) -> str:
        if "$ref" in schema:
            name = schema["$ref"].rsplit("/", 1)[1]
            return f'<a href="#schema-{name}">{name}</a>'
        for word in ("oneOf", "anyOf", "allOf"):
            if word in schema:
                return (" and " if word == "allOf" else " or ").join(self.type_text(each) for each in schema[word])
        if "const" in schema:
            return f"<code>{html.escape(json.dumps(schema['const']))}</code>"
        if "enum" in schema:
            return " | ".join(f"<code>{html.escape(str(value))}</code>" for value in schema["enum"])
        kind = schema.get("type", "any")
        if kind == "array":
            return "list of " + self.type_text(schema.get("items", {}))
        text = " or ".join(kind) if isinstance(kind, list) else kind
        return html.escape(text + (f" ({schema['format']})" if "format" in schema else ""))

    def properties(self, schema) -> str:
        rows = []
        for name, inner in schema.get("properties", {}).items():
            needed = "" if name in schema.get("required", []) else ' <span class="dim">optional</span>'
            inner_rows = ""
            plain = inner.get("items", inner) if inner.get("type") == "array" else inner
            if plain.get("properties"):
                inner_rows = self.properties(plain)
            rows.append(f"<tr><td><code>{html.escape(name)}</code>{needed}</td><td>{self.type_text(inner)}</td>"
                        f"<td>{_inline(inner.get('description', ''))}{inner_rows}</td></tr>")
        return f"<table>{''.join(rows)}</table>" if rows else ""

    def content(self, content) -> str:
        parts = []
        for media, body in (content or {}).items():
            schema = body.get("schema", {})
            parts.append(f'<p><span class="dim">{html.escape(media)}</span> {self.type_text(schema)}</p>')
            parts.append(self.properties(schema))
        return "".join(parts)

    def parameters(self, item, operation) -> str:
        rows = []
        for parameter in map(self.resolve, item.get("parameters", []) + operation.get("parameters", [])):
            needed = "" if parameter.get("required") else ' <span class="dim">optional</span>'
            rows.append(f"<tr><td><code>{html.escape(parameter['name'])}</code>{needed}</td><td class=dim>{parameter['in']}</td>"
                        f"<td>{self.type_text(parameter.get('schema', {}))}</td><td>{_inline(parameter.get('description', ''))}</td></tr>")
        return f"<table>{''.join(rows)}</table>" if rows else ""

    def operation(self, path, method, item, operation) -> str:
        out = [f'<h3 id="{operation["operationId"]}"><span class="verb">{method.upper()}</span> <code>{html.escape(path)}</code></h3>',
               f"<p><strong>{_inline(operation['summary'])}</strong></p>", _markdown(operation.get("description", "")),
               self.parameters(item, operation)]
        body = self.resolve(operation.get("requestBody", {}))
        if body:
            out.append("<details open><summary>Body</summary>" + self.content(body.get("content")) + "</details>")
        for status, response in operation["responses"].items():
            if status == "default":
                continue
            response = self.resolve(response)
            out.append(f"<details><summary>{status} {_inline(response.get('description', ''))}</summary>"
                       f"{self.content(response.get('content'))}</details>")
        return "".join(out)

    def page(self) -> str:
        info = self.document["info"]
        navigation = ['<a href="/api/v1/openapi.json">openapi.json</a><a href="/docs/errors">Errors</a>']
        content = [f"<h1>{html.escape(info['title'])} API</h1>", _markdown(info["description"])]
        for tag in self.document["tags"]:
            operations = [(path, method, item) for path, item in self.document["paths"].items()
                          for method in METHODS if method in item and item[method]["tags"][0] == tag["name"]]
            if not operations:
                continue
            navigation.append(f"<h2>{tag['name']}</h2>")
            content.append(f'<h2 id="tag-{tag["name"]}">{tag["name"]}</h2><p>{_inline(tag["description"])}</p>')
            for path, method, item in operations:
                name = item[method]["operationId"]
                navigation.append(f'<a href="#{name}">{name}</a>')
                content.append(self.operation(path, method, item, item[method]))
        content.append("<h2>Schemas</h2>")
        for name, schema in sorted(self.schemas.items()):
            content.append(f'<h3 id="schema-{name}">{name}</h3><p>{_inline(schema.get("description", ""))}</p>')
            content.append(self.properties(schema) or f"<p>{self.type_text(schema)}</p>")
        return _page("Mizan API", "".join(navigation), "".join(content))


def reference(document) -> str:
    return _Reference(document).page()
