"""Documentation stays true: these tests fail when it and the code drift apart."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import click
import pytest

from mapper import __version__
from mapper.cli import cli

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), ROOT / "gazetteer/README.md", ROOT / "output/README.md"])
LINK = re.compile(r"\[[^\]]*\]\(([^)#]+)(?:#[^)]*)?\)")
FILE_WORD = re.compile(r"`((?:mapper|tests|docs|gazetteer|examples|benchmarks|requirements)/[\w./-]*)`")


def _generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs/generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


COMMANDS = dict(_generator().commands(cli, "mapper"))


def test_the_page_of_commands_is_what_the_commands_say() -> None:
    generator = _generator()
    assert generator.PAGE.read_text(encoding="utf-8") == generator.page(), "run: python docs/generate.py"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_with_an_example(name: str) -> None:
    command = COMMANDS[name]
    assert command.help
    if not isinstance(command, click.Group):
        assert name in command.help, "no example"
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{name} {parameter.name} has no help"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_and_file_names_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for target in LINK.findall(text):
        if not target.startswith(("http://", "https://", "mailto:")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"
    for target in FILE_WORD.findall(text):
        if "assets" not in target:
            assert (ROOT / target).exists(), f"{page.name} names {target}"


def test_the_readme_is_short_and_names_commands_that_exist() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(text.split()) <= 500
    for word in re.findall(r"^\s*(?:\$ )?mapper ([a-z]+)", text, flags=re.MULTILINE):
        assert word in cli.commands, f"README names mapper {word}"
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    for word in re.findall(r"`?make ([a-z-]+)", text):
        assert word in targets, f"README names make {word}"


def test_version_is_the_same_everywhere() -> None:
    assert f'version = "{__version__}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    done = subprocess.run([sys.executable, "-m", "mapper.cli", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == f"mapper {__version__}"


def test_every_dependency_is_pinned_with_a_hash() -> None:
    for name in ("runtime", "dev", "node"):
        text = (ROOT / f"requirements/{name}.txt").read_text(encoding="utf-8")
        for block in re.split(r"\n(?=\S)", text):
            if "==" in block.split("\n", 1)[0]:
                assert "--hash=sha256:" in block, block.split("\n", 1)[0]
        assert "://" not in re.sub(r"#.*", "", text)


def test_the_npm_lock_records_no_address() -> None:
    lock = (ROOT / "mapper/publish/web/package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
    assert '"integrity"' in lock
