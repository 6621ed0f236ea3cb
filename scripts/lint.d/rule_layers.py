"""Includes and CMake targets against the layer table; foreign libraries only in the modules that own them."""
import posixpath
import re

from includes import Layers, includes, is_beside, sources
from source_tree import Finding

NAME = "layers"
SUMMARY = "modules include only what ARCHITECTURE.md's table allows them"
CMAKE = "src/mizan/CMakeLists.txt"
_MODULE = re.compile(r"mizan_module\(([^)]*)\)")
# <vector>, <cmath>: a header of the standard library has neither a folder nor an ending.
_STANDARD = re.compile(r"^[a-z_0-9]+$")


def check(tree):
    layers = Layers(tree)
    for file in sources(tree):
        module = layers.module_of(file)
        if module is None:
            yield Finding(file, 1, NAME, "give its module a row in ARCHITECTURE.md's table, or move the file")
            continue
        for include in includes(tree, file):
            advice = _advice(layers, module, file, include)
            if advice:
                yield Finding(file, include.line, NAME, advice)
    yield from _check_cmake(tree, layers)


def _allowed(layers, module, file):
    row = layers.rows[module]
    if not is_beside(file):
        return row.may_include | {module}, row.libraries
    return row.may_include | {module} | layers.beside.may_include, row.libraries + layers.beside.libraries


def _advice(layers, module, file, include):
    may_include, libraries = _allowed(layers, module, file)
    if include.path.startswith("mizan/"):
        target = layers.module_of(include.path)
        if target in may_include:
            return None
        return f"{module} may not include {target or include.path}; move the code, or pass the value in"
    if not include.is_system:
        top = include.path.split("/")[0]
        if posixpath.dirname(include.path) and top in may_include:
            return None
        return f'write "mizan/…/{posixpath.basename(include.path)}": includes start at the source root'
    if _STANDARD.match(include.path) or include.path.startswith(tuple(libraries)):
        return None
    return f"<{include.path}> is not a library of {module}; use it through the module that owns it"


def _module_and_depends(arguments):
    module, *words = arguments.split()
    depends = []
    keyword = ""
    for word in words:
        if word.isupper():
            keyword = word
        elif keyword == "DEPENDS":
            depends.append(word)
    return module, depends


def _check_cmake(tree, layers):
    if not tree.has(CMAKE):
        return
    text = tree.text(CMAKE)
    for found in _MODULE.finditer(text):
        module, depends = _module_and_depends(found.group(1))
        line = text.count("\n", 0, found.start()) + 1
        if module not in layers.rows:
            yield Finding(CMAKE, line, NAME, f"give {module} a row in ARCHITECTURE.md's table")
            continue
        for name in depends:
            if name not in layers.rows[module].may_include:
                yield Finding(CMAKE, line, NAME, f"{module} may not depend on {name}; see ARCHITECTURE.md's table")
