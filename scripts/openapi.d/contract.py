"""The contract as one document, and what is wrong with it."""
import re

import yaml

METHODS = {"get", "put", "post", "delete", "options", "head", "patch"}
SNAKE = re.compile(r"^[a-z][a-z0-9_]*$")


class Loader(yaml.SafeLoader):
    """YAML that refuses a key given twice, and leaves dates as text."""


def _mapping(loader, node):
    seen = set()
    for key, _ in node.value:
        name = loader.construct_object(key)
        if name in seen:
            raise yaml.constructor.ConstructorError(None, None, f"'{name}' is given twice", key.start_mark)
        seen.add(name)
    return loader.construct_mapping(node, deep=True)


Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)
Loader.yaml_implicit_resolvers = {
    first: [(tag, rule) for tag, rule in rules if tag != "tag:yaml.org,2002:timestamp"]
    for first, rules in Loader.yaml_implicit_resolvers.items()}


def load(file):
    with open(file, encoding="utf-8") as text:
        return yaml.load(text, Loader) or {}


def bundle(root, problems):
    """The whole document; parts of a kind may not define one name twice."""
    document = load(root / "openapi.yaml")
    components = document.setdefault("components", {})
    for kind, target in (("paths", document.setdefault("paths", {})), ("schemas", components.setdefault("schemas", {}))):
        for file in sorted((root / kind).glob("*.yaml")):
            for name, content in load(file).items():
                if name in target:
                    problems.append(f"{kind}/{file.name}: '{name}' is defined elsewhere too")
                target[name] = content
    return document


def walk(node, place=""):
    yield place, node
    if isinstance(node, dict):
        for key, value in node.items():
            yield from walk(value, f"{place}/{str(key).replace('~', '~0').replace('/', '~1')}")
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from walk(value, f"{place}/{index}")


def resolve(document, reference):
    node = document
    for part in reference[2:].split("/"):
        node = node[part.replace("~1", "/").replace("~0", "~")]
    return node


def check_references(document, problems):
    used = set()
    for place, node in walk(document):
        if isinstance(node, dict) and isinstance(node.get("$ref"), str):
            reference = node["$ref"]
            used.add(reference)
            try:
                if not reference.startswith("#/"):
                    raise KeyError(reference)
                resolve(document, reference)
            except (KeyError, TypeError):
                problems.append(f"{place}: {reference} leads nowhere (write #/components/…)")
    for name in document["components"]["schemas"]:
        if f"#/components/schemas/{name}" not in used and not name[0].islower() and name not in ("Instant", "Micros", "NextCursor"):
            problems.append(f"schemas: {name} is used nowhere")


def parameters_of(document, item, operation):
    for parameter in item.get("parameters", []) + operation.get("parameters", []):
        yield resolve(document, parameter["$ref"]) if "$ref" in parameter else parameter


def check_operation(document, where, path, item, operation, problems):
    name = operation.get("operationId", "")
    if not SNAKE.match(name):
        problems.append(f"{where}: operationId '{name}' must be snake_case")
    if not operation.get("summary"):
        problems.append(f"{where}: has no summary")
    tags = {tag["name"] for tag in document.get("tags", [])}
    if not operation.get("tags") or not set(operation["tags"]) <= tags:
        problems.append(f"{where}: tags must be of {sorted(tags)}")
    responses = operation.get("responses", {})
    if "default" not in responses:
        problems.append(f"{where}: responses lack 'default' (Problem)")
    if not any(str(status).startswith(("2", "3")) for status in responses):
        problems.append(f"{where}: no response says what success looks like")
    for status in responses:
        if not isinstance(status, str):
            problems.append(f"{where}: quote the status {status}")
    declared = {p["name"] for p in parameters_of(document, item, operation) if p.get("in") == "path"}
    wanted = set(re.findall(r"\{([a-z0-9_]+)\}", path))
    if declared != wanted:
        problems.append(f"{where}: path parameters {sorted(declared)} declared, {sorted(wanted)} in the path")


def check_operations(document, problems):
    seen = {}
    for path, item in document["paths"].items():
        for method, operation in item.items():
            if method not in METHODS:
                if method != "parameters":
                    problems.append(f"{path}: '{method}' is no method")
                continue
            where = f"{method.upper()} {path}"
            try:
                check_operation(document, where, path, item, operation, problems)
            except (KeyError, TypeError) as error:
                problems.append(f"{where}: {error!r} is missing")
                continue
            name = operation.get("operationId")
            if name in seen:
                problems.append(f"{where}: operationId {name} is also {seen[name]}'s")
            seen[name] = where


def read(root):
    """The bundled document and a list of what is wrong with it."""
    problems = []
    try:
        document = bundle(root, problems)
        check_references(document, problems)
        check_operations(document, problems)
    except yaml.YAMLError as error:
        return {}, [str(error)]
    return document, problems
