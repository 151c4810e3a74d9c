"""The labelled news beside the checkout, where it is there: no figure may fall below its floor."""

import tomllib

import pytest
import score


@pytest.mark.skipif(
    not score.SHARED.exists(), reason=f"no labelled news at {score.SHARED}: it belongs to its publishers"
)
@pytest.mark.parametrize("what", list(score.SETS))
def test_no_score_falls_below_its_floor(what):
    floors = tomllib.loads(score.FLOORS.read_text("utf-8"))[what]
    assert not score.below(floors, score.evaluate(what, "unseen"))
