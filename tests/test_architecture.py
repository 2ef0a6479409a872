"""What the design forbids, read from the code itself."""

import ast
import re
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.test import SimpleTestCase

ROOT = Path(settings.BASE_DIR)
FLOORS = ("sources", "studyhall")

# Modules that may write rows of the library past a record's own save().
WRITERS = {
    "sources/changes.py",  # the gate
    "sources/generator.py",  # fills an empty database by bulk, for measuring
}
# Readers' own rows have gates of their own: there, only the library's are refused.
HALL = ("studyhall/annotations/", "studyhall/accounts/", "studyhall/keeping/")
LIBRARY = frozenset(
    model.__name__ for model in apps.get_app_config("sources").models.values()
)
# Single places elsewhere: (file, method), each with its reason.
WRITES = {
    # Mentions follow from the Markdown; the gate calls this inside its transaction.
    ("sources/rendering.py", "delete"),
    # A proposal is no record yet: of two who decide at once, one claims it.
    ("sources/proposals.py", "update"),
    # What search keeps of records; it writes none. The gate and the rebuild call it.
    ("sources/search/documents.py", "bulk_create"),
    ("sources/search/documents.py", "delete"),
    ("sources/search/documents.py", "update"),
    ("sources/search/spelling.py", "bulk_create"),
    ("sources/search/spelling.py", "delete"),
}
WRITING = {"bulk_create", "bulk_update", "delete", "_raw_delete"}

UNSAFE_IN_TEMPLATES = {
    "an inline script": r"<script\b(?![^>]*\bsrc=)(?![^>]*application/ld\+json)",
    "an inline style": r"<style\b|\sstyle\s*=",
    "an inline handler": r"\son[a-z]+\s*=\s*[\"'{]",
    "a script's address": r"javascript:",
    "text that is trusted as it stands": r"\|\s*safe\b|{%\s*autoescape\s+off",
}


def python_files(*folders):
    """Every module of these folders, migrations aside, with its tree."""
    for folder in folders:
        for file in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in file.parts:
                yield file, ast.parse(file.read_text(encoding="utf-8"))


def module_name(file):
    """The dotted name by which a file is imported."""
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def package_of(file):
    """The dotted name of the package that relative imports begin at."""
    return ".".join(file.relative_to(ROOT).parent.parts)


def imported(file, tree):
    """Every dotted name that a module imports: `from a import b` gives `a.b`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package_of(file).split(".") if node.level else []
            base = base[: len(base) - node.level + 1] if node.level else base
            start = ".".join([*base, *([node.module] if node.module else [])])
            yield from (f"{start}.{name.name}" for name in node.names)


def is_within(name, package):
    """True for the package itself and for all that is in it."""
    return name == package or name.startswith(f"{package}.")


def import_graph():
    """Each module of the project with the modules of the project that it imports."""
    files = list(python_files(*FLOORS))
    modules = {module_name(file) for file, tree in files}
    graph = {}
    for file, tree in files:
        name = module_name(file)
        needed = graph[name] = set()
        for wanted in imported(file, tree):
            found = wanted if wanted in modules else wanted.rpartition(".")[0]
            if found in modules and found != name:
                needed.add(found)
    return graph


def writes(tree):
    """Calls that write past save(): (line, method, name that the call begins with).

    `update` with keywords alone is a QuerySet's; a widget's `attrs` is a dictionary.
    """
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        method, holder = node.func.attr, node.func.value
        is_attrs = isinstance(holder, ast.Attribute) and holder.attr == "attrs"
        is_update = method == "update" and not node.args and node.keywords
        if method in WRITING or (is_update and not is_attrs):
            yield node.lineno, method, root_of(holder)


def root_of(node):
    """The name that a chain of attributes and calls begins with: `a` of `a.b(c).d`."""
    while isinstance(node, ast.Attribute | ast.Call | ast.Subscript):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def hidden_imports(tree):
    """The lines of imports inside functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            for inner in ast.walk(node):
                if isinstance(inner, ast.Import | ast.ImportFrom):
                    yield inner.lineno


class ImportTests(SimpleTestCase):
    def assertImportsNothingOf(self, folder, package):
        wrong = [
            f"{file.relative_to(ROOT)} imports {name}"
            for file, tree in python_files(folder)
            for name in imported(file, tree)
            if is_within(name, package)
        ]
        self.assertEqual(wrong, [])

    def test_the_library_knows_nothing_of_the_hall(self):
        self.assertImportsNothingOf("sources", "studyhall")

    def test_references_know_nothing_of_django(self):
        self.assertImportsNothingOf("sources/references", "django")

    def test_no_module_imports_itself_by_a_detour(self):
        graph = import_graph()
        self.assertIn("sources.models", graph["sources.errors"])
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            self.fail(" -> ".join(error.args[1]))

    def test_nothing_is_imported_inside_a_function(self):
        wrong = [
            f"{file.relative_to(ROOT)}:{line}"
            for file, tree in python_files(*FLOORS, "tests")
            for line in hidden_imports(tree)
        ]
        self.assertEqual(wrong, [])


class GateTests(SimpleTestCase):
    def found(self):
        for file, tree in python_files(*FLOORS):
            path = file.relative_to(ROOT).as_posix()
            if path not in WRITERS:
                for line, method, root in writes(tree):
                    if not path.startswith(HALL) or root in LIBRARY:
                        yield path, method, line

    def test_only_the_gate_writes_past_a_records_own_save(self):
        wrong = [
            f"{path}:{line} calls {method}()"
            for path, method, line in self.found()
            if (path, method) not in WRITES
        ]
        self.assertEqual(wrong, [])

    def test_every_exception_is_still_needed(self):
        self.assertEqual({found[:2] for found in self.found()}, WRITES)

    def test_sees_a_write_where_there_is_one(self):
        code = "Source.objects.filter(pk=1).update(state='x')\nrow.delete()\n"
        found = [(1, "update", "Source"), (2, "delete", "row")]
        self.assertEqual(list(writes(ast.parse(code))), found)

    def test_a_set_that_grows_is_no_write(self):
        self.assertEqual(list(writes(ast.parse("names.update(others)"))), [])


class TemplateTests(SimpleTestCase):
    def wrong_in(self, words):
        return [
            what for what, sign in UNSAFE_IN_TEMPLATES.items() if re.search(sign, words)
        ]

    def test_no_template_holds_what_the_policy_refuses(self):
        files = sorted((ROOT / "templates").rglob("*.html"))
        self.assertTrue(files)
        for file in files:
            with self.subTest(template=str(file.relative_to(ROOT))):
                words = file.read_text(encoding="utf-8")
                self.assertEqual(self.wrong_in(words), [])

    def test_sees_what_is_unsafe(self):
        for words in (
            "<script>go()</script>",
            '<p style="color: red">',
            '<a onclick="go()">',
            '<a href="javascript:go()">',
            "{{ words|safe }}",
        ):
            with self.subTest(words=words):
                self.assertTrue(self.wrong_in(words))
