"""A page of the guide as what can be run: its code blocks, in order.

  ```sh                what is run, all blocks of a page in one bash
  ```sh needs=nginx    the same, where that program is installed
  ```output            what the block before it prints: line by line, `…` stands for anything within a line,
                       a line of `…` alone for any number of lines
  ```toml file=NAME    (any language) becomes the file NAME
  ```LANGUAGE          is only shown: for what is no command, such as a JSON member that is explained
"""
import dataclasses
import pathlib
import re

FENCE = re.compile(r"^```(\w*)[ \t]*(.*)$")


@dataclasses.dataclass
class Block:
    line: int
    text: str
    needs: str = ""
    file: str = ""
    output: str | None = None


def read_page(path: pathlib.Path) -> list[Block]:
    """What is run or written, with the outputs where they belong."""
    blocks: list[Block] = []
    for line, language, options, text in fences(path.read_text(encoding="utf-8")):
        if language == "output":
            if not blocks or blocks[-1].file:
                raise ValueError(f"{path}:{line}: an output without a command before it")
            blocks[-1].output = text
        elif "file" in options:
            blocks.append(Block(line, text, file=options["file"]))
        elif language == "sh":
            blocks.append(Block(line, text, needs=options.get("needs", "")))
    return blocks


def fences(text: str):
    """(line of the opening fence, language, options, content) of each code block."""
    lines = text.splitlines()
    number = 0
    while number < len(lines):
        opening = FENCE.match(lines[number])
        number += 1
        if not opening:
            continue
        start = number
        while lines[number] != "```":
            number += 1
        options = dict(word.split("=", 1) for word in opening[2].split())
        yield start, opening[1], options, "\n".join(lines[start:number]) + "\n"
        number += 1


def pattern(expected: str) -> re.Pattern:
    parts = []
    for line in expected.strip().splitlines():
        if line.strip() == "…":
            parts.append(r"(?:.*\n)*?")
        else:
            parts.append(".*".join(re.escape(part.strip()) if at == 0 else re.escape(part)
                                   for at, part in enumerate(line.rstrip().split("…"))) + r"[ \t]*\n")
    return re.compile("".join(parts))


def agrees(expected: str, printed: str) -> bool:
    """Whether a block printed what the page claims; space at the ends of lines and of the whole does not count."""
    stripped = "".join(line.strip() + "\n" for line in printed.strip().splitlines())
    wanted = "\n".join(line.strip() for line in expected.strip().splitlines())
    return pattern(wanted).fullmatch(stripped) is not None
