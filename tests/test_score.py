"""The labelled news beside the checkout, where it is there: no figure may fall below its floor."""

import tomllib

import pytest
import score


@pytest.mark.skipif(
    not score.SHARED.exists(), reason=f"no labelled news at {score.SHARED}: it belongs to its publishers"
)
@pytest.mark.parametrize("name", list(score.SETS))
def test_no_score_falls_below_its_floor(name):
    floors = tomllib.loads(score.FLOORS.read_text("utf-8")).get(name, {})
    assert not score.below(floors, score.evaluate(name, "unseen"))
