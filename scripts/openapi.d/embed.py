"""Texts as C++ constants."""

_PIECE = 12_000  # a string literal may be no longer than 64 KiB in portable C++


def _literal(text: str) -> str:
    pieces = [text[at:at + _PIECE] for at in range(0, len(text), _PIECE)] or [""]
    return "\n".join(f'    R"mizan({piece})mizan"' for piece in pieces)


def cxx_source(constants: dict[str, str]) -> str:
    lines = ['// Made by scripts/openapi from docs/openapi and docs/errors.',
             '#include "mizan/http/contract/contract_text.h"', "", "namespace mizan::http {", ""]
    for name, text in constants.items():
        lines += [f"const std::string_view {name} =", _literal(text) + ";", ""]
    return "\n".join([*lines, "}  // namespace mizan::http", ""])
