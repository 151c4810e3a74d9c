"""The packs' own examples of time, people and speakers."""

import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from enrich.readings import NOON, figure

import agents.extract
from agents.enrich.counting import category, interval
from agents.enrich.speaker import speaker
from agents.enrich.when import resolve, window
from agents.enrich.who import groups, who

PACKS = sorted(path for path in (Path(agents.extract.__file__).parent / "lang").iterdir() if path.is_dir())
NOW = datetime(2017, 5, 9, 15, tzinfo=UTC)  # a Tuesday


def examples(name: str) -> list[tuple[str, dict]]:
    found = []
    for pack in PACKS:
        path = pack / f"{name}.toml"
        if path.is_file():
            found += [(pack.name, example) for example in tomllib.loads(path.read_text("utf-8"))["examples"]]
    return found


@pytest.mark.parametrize(("language", "example"), examples("windows"))
def test_windows(language: str, example: dict) -> None:
    found = resolve(example["text"], NOW, language)
    if "start" not in example:
        assert found is None
        return
    start, end = (datetime.fromisoformat(example[at]).replace(tzinfo=UTC) for at in ("start", "end"))
    assert found is not None
    assert (found.start, found.end, found.precision) == (start, end, example["precision"])


@pytest.mark.parametrize(("language", "example"), examples("who"))
def test_who(language: str, example: dict) -> None:
    text = example.get("sentence", example["victims"])
    actor = who(figure(text, text, victims=example["victims"], low=1), language)
    assert (actor.kind, actor.group) == (example["kind"], example.get("group"))


@pytest.mark.parametrize(("language", "example"), examples("speakers"))
def test_speakers(language: str, example: dict) -> None:
    text = example["text"]
    assert speaker(figure(text, text, attribution=text, low=1), language) == example["speaker"]


@pytest.mark.parametrize(("language", "example"), examples("counting"))
def test_stock_or_flow(language: str, example: dict) -> None:
    text, scope = example["text"], example.get("scope", "incident")
    stated = figure(text, example["number"], example["number"], 1, measure="displaced", scope=scope)
    assert category(stated, language) == example.get("category")


@pytest.mark.parametrize("measure", ["killed", "injured", "missing", "captured"])
def test_only_people_who_had_to_move_are_stock_or_flow(measure: str) -> None:
    text = "Some 40 people who fled the camp were hit."
    assert category(figure(text, "40 people", "40", 40, measure=measure), "en") is None


@pytest.mark.parametrize(
    ("text", "language", "magnitude", "claims"),
    [
        ("dozens", "en", "dozens", (20, 200, 12)),
        ("tens of", "en", "dozens", (20, 200, 10)),
        ("عشرات", "ar", "dozens", (20, 200, 10)),
        ("hundreds", "en", "hundreds", (100, 2_000, 100)),
        ("ملايين", "ar", "millions", (1_000_000, None, None)),
        ("12", "en", None, None),
    ],
)
def test_what_a_bare_word_claims(text: str, language: str, magnitude: str | None, claims: tuple | None) -> None:
    found = interval(figure(text, text, text, magnitude=magnitude), language)
    assert (found and (found.low, found.high, found.acled)) == claims


@pytest.mark.parametrize(("name", "table", "keys"), [("windows", "months", 12), ("windows", "weekdays", 7)])
def test_tables_are_whole(name: str, table: str, keys: int) -> None:
    for pack in PACKS:
        path = pack / f"{name}.toml"
        if path.is_file():
            stored = tomllib.loads(path.read_text("utf-8"))[table]
            assert len(stored) == keys
            assert all(stored.values()), pack.name


def test_months_are_spelt_without_persian_letters() -> None:
    for path in (pack / "windows.toml" for pack in PACKS if pack.name == "ar"):
        assert not set("یکگپچ") & set(path.read_text("utf-8"))


@pytest.mark.parametrize("name", groups())
def test_a_group_has_names_in_both_languages(name: str) -> None:
    group = groups()[name]
    assert group["en"]
    assert group["ar"]
    assert group["kind"] in ("combatant", "security_forces", "civilian")


@pytest.mark.parametrize(
    ("slur", "language"),
    [("داعش", "ar"), ("تنظيم الدولة", "ar"), ("الدواعش", "ar"), ("ISIS", "en"), ("ISIL", "en"), ("Daesh", "en")],
)
def test_names_of_one_group(slur: str, language: str) -> None:
    assert who(figure(slur, slur, victims=slur, low=3), language).group == "is"


def test_without_an_expression_it_is_the_day_before() -> None:
    found = window(figure("Three died.", "Three died", "Three", 3), NOON, "en")
    assert found.end == NOON
    assert (NOON - found.start).days == 1
    assert found.precision == "day"


def test_a_language_without_a_pack_knows_nothing_and_fails_at_nothing() -> None:
    text = "trois civils tués mardi selon la police"
    told = figure(text, text, victims="civils", when="mardi", attribution="la police", low=3)
    assert who(told, "fr").kind == "unknown"
    assert speaker(told, "xx-Latn") == "unknown"
    assert window(told, NOON, "../../etc").precision == "day"
    text = "des dizaines de familles ont fui"
    fled = figure(text, text, "dizaines", measure="displaced", magnitude="dozens", unit="household", high=None)
    assert (interval(fled, "fr").low, interval(fled, "fr").acled, category(fled, "fr")) == (20, 12, "flow")


@pytest.mark.parametrize("text", ["", "31 February", "99/99/9999", "year 0000", "32 أيار", "1 " * 100, "٣٠ شباط"])
def test_nonsense_is_no_time(text: str) -> None:
    for language in ("en", "ar"):
        found = resolve(text, NOW, language)
        assert found is None or found.start < found.end


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("اليوم الاثنين", "ar", 8),
        ("today, Monday", "en", 8),
        ("yesterday, Sunday", "en", 7),
        ("أمس الاثنين", "ar", 8),
        ("فجر اليوم الثلاثاء", "ar", 9),
    ],
)
def test_a_weekday_wins_over_today_after_midnight(text: str, language: str, day: int) -> None:
    found = resolve(text, datetime(2017, 5, 9, 2, 18, tzinfo=UTC), language)  # a Tuesday
    assert (found.start.day, found.end.day, found.precision) == (day, day + 1, "day")


def test_today_after_midnight_may_be_the_day_before() -> None:
    found = resolve("today", datetime(2017, 5, 9, 2, 18, tzinfo=UTC), "en")
    assert (found.start.day, found.end.day) == (8, 10)


def test_a_weekday_has_begun_in_the_east_before_it_begins_in_utc() -> None:
    found = resolve("فجر اليوم الأربعاء", datetime(2017, 5, 9, 22, 30, tzinfo=UTC), "ar")
    assert found.start.day == 10


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        ("ahead of Eid al-Fitr", "en", datetime(2017, 6, 14, tzinfo=UTC)),
        ("the Christmas shopping season", "en", datetime(2017, 12, 20, tzinfo=UTC)),
        ("قبل عيد الأضحى", "ar", datetime(2017, 8, 25, tzinfo=UTC)),
    ],
)
def test_a_feast_that_is_only_coming_dates_nothing(text: str, language: str, said: datetime) -> None:
    assert resolve(text, said, language) is None
