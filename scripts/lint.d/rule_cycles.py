"""No file includes itself by way of others, and no folder either."""
import posixpath

from includes import includes, is_beside, resolve, sources
from source_tree import Finding

NAME = "cycles"
SUMMARY = "no include cycle among files or folders"


def check(tree):
    files: dict[str, dict[str, int]] = {}
    folders: dict[str, dict[str, tuple[str, int]]] = {}
    for file in sources(tree):
        if is_beside(file):
            continue
        edges = files.setdefault(file, {})
        for include in includes(tree, file):
            target = resolve(tree, file, include)
            if target is None:
                continue
            edges.setdefault(target, include.line)
            here, there = posixpath.dirname(file), posixpath.dirname(target)
            if here != there:
                folders.setdefault(here, {}).setdefault(there, (file, include.line))
    for cycle in find_cycles(files):
        yield Finding(cycle[0], files[cycle[0]][cycle[1]], NAME, f"break the include cycle {' → '.join(cycle)}")
    for cycle in find_cycles(folders):
        file, line = folders[cycle[0]][cycle[1]]
        yield Finding(file, line, NAME, f"break the folder cycle {' → '.join(cycle)}: move what both need below both")


def find_cycles(graph):
    """One cycle [a, b, …, a] for each way back that a depth-first walk meets; none when the graph has none."""
    done: set[str] = set()
    for start in sorted(graph):
        path: list[str] = []
        stack = [(start, iter(sorted(graph.get(start, ()))))]
        if start in done:
            continue
        path.append(start)
        while stack:
            node, targets = stack[-1]
            for target in targets:
                if target in path:
                    yield path[path.index(target):] + [target]
                elif target not in done:
                    path.append(target)
                    stack.append((target, iter(sorted(graph.get(target, ())))))
                    break
            else:
                stack.pop()
                done.add(path.pop())
