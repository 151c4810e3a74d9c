"""What the README says is so: an undocumented setting, command or dependency is a red test."""

import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest
from click.testing import CliRunner

import agents
from agents.cli import tollwire
from streams.settings import Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def name(requirement):
    return re.match(r"[a-z0-9-]+", requirement.lower())[0]


def test_every_setting_is_in_the_readme():
    missing = [f.name for f in fields(Settings) if f"`TOLLWIRE_{f.name.upper()}`" not in README]
    assert not missing


def test_every_setting_in_the_readme_exists():
    exist = {f.name.upper() for f in fields(Settings)}
    exist |= {f"{f.name.upper()}_FILE" for f in fields(Settings) if f.metadata.get("secret")}
    assert set(re.findall(r"`TOLLWIRE_([A-Z_]+)`", README)) <= exist


def test_the_readme_has_every_command_in_the_order_of_the_help():
    assert re.findall(r"^\| `tollwire (\w+)", README, re.MULTILINE) == list(tollwire.commands)


def test_the_help_says_of_each_command_what_it_does_on_one_line():
    told = CliRunner().invoke(tollwire, ["--help"], terminal_width=80).output
    lines = [line.split(maxsplit=1) for line in told.partition("Commands:")[2].split("\n") if line]
    assert [command for command, _ in lines] == list(tollwire.commands)
    assert not [line for line in lines if not line[1].endswith(".") or line[1].endswith("...")]


def test_every_dependency_has_its_line_and_its_reason():
    table = {row.split("|")[1].strip() for row in README.splitlines() if row.startswith("| ") and row.count("|") == 4}
    wanted = {name(requirement) for requirement in PROJECT["project"]["dependencies"]}
    assert wanted <= table
    for group in PROJECT["dependency-groups"].values():
        assert not [requirement for requirement in group if name(requirement) not in README]


def test_agents_is_ours():
    """Another distribution has a package of this name; it must not shadow ours."""
    assert Path(agents.__file__).parent == ROOT / "agents"


def test_lock_files_hold_no_addresses():
    for lock in ROOT.glob("requirements*.lock"):
        assert "://" not in lock.read_text("utf-8")
        assert "--hash=sha256:" in lock.read_text("utf-8")


PAGES = [
    path
    for path in ROOT.rglob("*.md")
    if not any(part.startswith((".", "node_modules")) for part in path.relative_to(ROOT).parts)
]


def test_every_page_is_found_from_the_readme():
    found, new = set(), {ROOT / "README.md"}
    while new:
        found |= new
        links = {
            (page.parent / link).resolve()
            for page in new
            for link in re.findall(r"\]\(([^)\s#]+)", page.read_text("utf-8"))
        }
        new = {link for link in links if link.suffix == ".md"} - found
    assert set(PAGES) <= found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page):
    text = page.read_text("utf-8")
    links = re.findall(r"\]\(([^)\s]+)\)", text)
    for link in links:
        if "://" in link or link.startswith("mailto:"):
            continue
        path, _, anchor = link.partition("#")
        there = page.parent / path if path else page
        assert there.exists(), f"{page.name}: {link}"
        if anchor:
            headings = re.findall(r"^#+ (.+)$", there.read_text("utf-8"), re.MULTILINE)
            slugs = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
            assert anchor in slugs, f"{page.name}: {link}"
