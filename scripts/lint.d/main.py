"""Runs the lint rules over the project. One rule = one module of this folder with NAME, SUMMARY and check(tree)."""
import argparse
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import rule_catalogue
import rule_cycles
import rule_dependencies
import rule_errors
import rule_format
import rule_glossary
import rule_headers
import rule_layers
import rule_links
import rule_prose
import rule_purity
import rule_queries
import rule_self_contained
import rule_sizes
import rule_tidy
import rule_web
from source_tree import Tree

# Cheap ones first: what a person mends at once is seen at once.
RULES = [rule_layers, rule_cycles, rule_purity, rule_headers, rule_sizes, rule_glossary, rule_prose, rule_links,
         rule_dependencies, rule_catalogue, rule_errors, rule_queries, rule_web, rule_format, rule_self_contained, rule_tidy]


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/lint")
    parser.add_argument("rules", nargs="*")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--tighten", action="store_true")
    parser.add_argument("--root", type=pathlib.Path, default=pathlib.Path(__file__).parents[2])
    return parser.parse_args(arguments)


def run(rule, tree: Tree) -> int:
    started = time.monotonic()
    findings = sorted(set(rule.check(tree)))
    for finding in findings:
        print(finding, flush=True)
    state = f"{len(findings)} to mend" if findings else "clean"
    print(f"{rule.NAME:16} {state:12} {time.monotonic() - started:6.1f} s", file=sys.stderr, flush=True)
    return len(findings)


def main(arguments: list[str]) -> int:
    options = parse(arguments)
    by_name = {rule.NAME: rule for rule in RULES}
    if options.list:
        print("\n".join(f"{rule.NAME:16} {rule.SUMMARY}" for rule in RULES))
        return 0
    unknown = [name for name in options.rules if name not in by_name]
    if unknown:
        print(f"error: no rule {', '.join(unknown)}; see scripts/lint --list", file=sys.stderr)
        return 2
    tree = Tree(options.root)
    if options.tighten:
        rule_sizes.tighten(tree)
    chosen = [by_name[name] for name in options.rules] or RULES
    count = sum(run(rule, tree) for rule in chosen)
    print(f"lint: {len(chosen)} rules, {count} findings" if count else f"lint: {len(chosen)} rules, clean", flush=True)
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
