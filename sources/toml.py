"""TOML as a person would write it, in one fixed style; `tomllib` only reads.

A table's own values come first, then the tables in it. Strings are basic strings,
or literal ones where quotes stand in them; a long one, or one of several lines, is a
multi-line string that begins on a line of its own.
"""

import re

WIDTH = 88
_BARE_KEY = re.compile("[A-Za-z0-9_-]+")
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")


def written(table, above=()):
    """The TOML of a table: a string that ends with a line end, or "".

    In: names and values that TOML can hold; `above` are the names of the tables that
    this one stands in. Raises TypeError at a value of any other type.
    """
    own = {key: value for key, value in table.items() if not _holds_tables(value)}
    lines = [_line(key, value) for key, value in own.items()]
    blocks = ["".join(lines)] if lines else []
    for key, value in table.items():
        if key in own:
            continue
        path = (*above, key)
        name = ".".join(map(_key, path))
        if isinstance(value, dict):
            blocks.append(f"[{name}]\n{written(value, path)}")
        else:
            blocks += [f"[[{name}]]\n{written(row, path)}" for row in value]
    return "\n".join(blocks)


def _line(key, value):
    return f"{_key(key)} = {_value(value, len(_key(key)))}\n"


def _holds_tables(value):
    if isinstance(value, list):
        return bool(value) and all(isinstance(row, dict) for row in value)
    return isinstance(value, dict)


def _key(key):
    return key if _BARE_KEY.fullmatch(key) else _basic(key)


def _value(value, before=0):
    """One value; `before` is how many letters its key takes of the first line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, str):
        is_long = before + len(value) + len(' = ""') > WIDTH
        is_lines = "\n" in value
        return _lines(value) if before and (is_long or is_lines) else _string(value)
    if isinstance(value, list):
        return _list(value, before)
    if isinstance(value, dict):
        pairs = (f"{_key(key)} = {_value(row)}" for key, row in value.items())
        return f"{{ {', '.join(pairs)} }}"
    raise TypeError(f"TOML holds no {type(value).__name__}.")


def _list(rows, before):
    """A list on one line, or filled lines where one is too long."""
    parts = [_value(row) for row in rows]
    line = f"[{', '.join(parts)}]"
    if not before or before + len(" = ") + len(line) <= WIDTH:
        return line
    filled = [""]
    for part in parts:
        if filled[-1] and len(filled[-1]) + len(part) + 4 > WIDTH:
            filled.append("")
        filled[-1] += f" {part},"
    return "[\n" + "".join(f" {line}\n" for line in filled) + "]"


def _string(text):
    has_quotes = '"' in text or "\\" in text
    if has_quotes and "'" not in text and not _UNSEEN.search(text):
        return f"'{text}'"
    return _basic(text)


def _basic(text):
    text = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{_UNSEEN.sub(_escaped, text)}"'


def _lines(text):
    """A multi-line string: line ends and single quotes stand as they are."""
    text = text.replace("\\", "\\\\").replace('"""', '""\\"')
    if text.endswith('"'):
        text = f'{text[:-1]}\\"'
    lines = (_UNSEEN.sub(_escaped, line) for line in text.split("\n"))
    return '"""\n' + "\n".join(lines) + '"""'


def _escaped(match):
    return f"\\u{ord(match[0]):04X}"
