"""What a work's bounds may hold, so that reading an address in it never fails."""

import re

_DAF = re.compile(r"[1-9][0-9]{0,3}[ab]", re.ASCII)
LARGEST = 10_000


def problem_of(bounds: object) -> str:
    """Why these bounds cannot be read, in one sentence, or ""."""
    if not isinstance(bounds, dict):
        return "Bounds are a table of names and values, in curly brackets."
    for name, value in bounds.items():
        if name not in _RULES:
            return f"Bounds have no “{name}”; they may have: {', '.join(_RULES)}."
        is_right, words = _RULES[name]
        if not is_right(value):
            return f"“{name}” must be {words}."
    return ""


def _is_number(value: object) -> bool:
    return type(value) is int and 0 < value <= LARGEST


def _is_level(value: object) -> bool:
    return type(value) is int and 0 < value < 5


def _are_numbers(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_is_number, value))


def _are_dapim(value: object) -> bool:
    return (
        isinstance(value, list)
        and len(value) == 2
        and all(isinstance(daf, str) and _DAF.fullmatch(daf) for daf in value)
    )


def _are_volumes(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_are_dapim, value))


def _are_sections(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(row, dict)
        and all(isinstance(row.get(key), str) for key in ("slug", "en", "he"))
        for row in value
    )


def _are_parshiyos(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(row, dict) for row in value)


_RULES = {
    "verses": (_are_numbers, "a list of how many verses each chapter has"),
    "chapters": (_is_number, "the number of chapters"),
    "levels": (_is_level, "how many numbers an address has, from 1 to 4"),
    "dapim": (_are_dapim, 'the first and the last amud, as ["2a", "32a"]'),
    "volumes": (_are_volumes, "for each volume its first and last amud"),
    "sections": (_are_sections, "a list of parts, each with slug, en and he"),
    "parshiyos": (_are_parshiyos, "a list of tables"),
}
