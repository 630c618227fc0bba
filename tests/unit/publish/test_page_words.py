"""Every fixed phrase that the reader of articles writes has its Arabic on the page."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import mapper

PACKAGE = Path(mapper.__file__).parent
TEXT = PACKAGE / "publish" / "web" / "src" / "text"
READING = PACKAGE / "reading"


def table(file: str, name: str) -> set[str]:
    """The keys of one table of a TypeScript file."""
    body = re.search(rf"const {name}\b[^=]*= \{{\n(.*?)\n\}};", (TEXT / file).read_text(encoding="utf-8"), re.DOTALL)
    assert body is not None
    return set(re.findall(r'^  "?([^":]+)"?: ', body[1], re.MULTILINE))


def reasons() -> Iterator[str]:
    """Phrases in the source that are handed on as the reason for which something is set aside."""
    for path in READING.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"Scope", "Aside"}:
                texts = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
                yield from (text for text in texts if " " in text)
            if isinstance(node, ast.AnnAssign) and getattr(node.target, "id", "") == "_REASONS":
                assert isinstance(node.value, ast.Dict)
                yield from (str(ast.literal_eval(value)) for value in node.value.values)
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "(kind, reason)":
                yield str(ast.literal_eval(node.value)[1])


def vocabulary(file: str, name: str) -> set[str]:
    """The values that one table of the vocabulary can give."""
    words = tomllib.loads((READING / "vocabulary" / f"{file}.toml").read_text(encoding="utf-8"))
    return set(words[name])


def test_reasons_for_setting_aside_are_all_translated() -> None:
    found = set(reasons())
    assert len(found) > 25
    assert found - table("phrases.ts", "REASONS") == set()


def test_actors_sites_responses_and_people_are_all_translated() -> None:
    assert vocabulary("actors", "actor") - table("phrases.ts", "ACTORS") == set()
    assert vocabulary("places", "site") - table("values.ts", "SITE") == set()
    assert vocabulary("response", "response") - table("values.ts", "RESPONSE") == set()
    people = {word for value in vocabulary("people", "people") for word in value.removesuffix(" (one)").split()}
    whom = table("phrases.ts", "WHOM")
    assert people - {word for phrase in whom for word in phrase.split()} == set()


def test_kinds_of_events_are_all_translated() -> None:
    acts = {value.rsplit(" ", 1)[0].removesuffix("s") for value in vocabulary("violence", "act")}
    acts -= {"history", "labour"}
    assert {act.replace(" ", "-") for act in acts} - table("values.ts", "EVENT") == set()


def flags() -> Iterator[str]:
    """Flags that the source raises: in an argument, or in a list, of that name."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "flags":
                found: ast.AST | None = node.value
            elif isinstance(node, ast.AugAssign | ast.Assign):
                targets = [node.target] if isinstance(node, ast.AugAssign) else node.targets
                names = {target.id for target in targets if isinstance(target, ast.Name)}
                found = node.value if names & {"flags", "raised", "extra"} else None
            else:
                found = None
            if found is not None:
                texts = (one.value for one in ast.walk(found) if isinstance(one, ast.Constant))
                yield from (text for text in texts if isinstance(text, str) and re.fullmatch(r"[a-z]+(-[a-z]+)+", text))


def test_every_flag_is_documented_and_said_in_both_languages() -> None:
    page = (Path(__file__).resolve().parents[3] / "docs" / "output.md").read_text(encoding="utf-8")
    section = page.split("## Flags\n", 1)[1].split("\n## ", 1)[0]
    documented = set(re.findall(r"^\| `([a-z-]+)` \| [^|]+ \|$", section, re.MULTILINE))
    raised = set(flags())
    assert {"toll-conflict", "single-origin", "possible-duplicate"} <= raised
    assert raised - documented == set()
    assert documented - table("values.ts", "FLAG") == set()
    source = "".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    assert [flag for flag in documented if f'"{flag}"' not in source] == []


def test_the_arabic_page_knows_the_form_of_our_titles() -> None:
    """The pattern of `titles.ts` is that of `title_of`: its relations and its ranges."""
    source = (TEXT / "titles.ts").read_text(encoding="utf-8")
    module = ast.parse((PACKAGE / "incidents" / "titles.py").read_text(encoding="utf-8"))
    relations = next(
        ast.literal_eval(node.value)
        for node in module.body
        if isinstance(node, ast.AnnAssign) and node.value and getattr(node.target, "id", "") == "_RELATIONS"
    )
    assert all(f'" {word} "' in source for word in relations.values())
    assert all(words in source for words in ("at least ${", "up to ${", " to ${", " reported`"))
