"""The scene of an article: what happened where its figures do not say so themselves."""

import pytest
from enrich.readings import figure, reading

from agents.enrich.events import events_of
from streams.records import Event


def events(language: str, sentences: tuple[str, ...], *said: tuple[int, str, str | None]) -> tuple[Event, ...]:
    """Events of figures given as (number of the sentence, evidence, place named with it)."""
    text = " ".join(sentences)
    figures = [
        figure(text, evidence, low=5, place=place, sentence=sentences[at], scope="incident")
        for at, evidence, place in said
    ]
    return events_of(reading(text, *figures, language=language))


def names(found: tuple[Event, ...]) -> list[tuple[str, str | None]]:
    return [(e.country, e.location and e.location.name) for e in found]


def test_a_neighbour_is_not_the_scene() -> None:
    said = (
        "قتل خمسة في انفجار هز بلدة سروج جنوب تركيا.",
        "وأصيب عشرة في البلدة التي تبعد كيلومترات عن بلدة كوباني السورية.",
    )
    found = events("ar", said, (0, "قتل خمسة", "سروج"), (1, "أصيب عشرة", "كوباني"))
    assert names(found) == [("TR", "Suruc")] * 2


def test_where_somebody_spoke_is_not_the_scene() -> None:
    said = (
        "Five people died in a blast in the Turkish town of Suruc.",
        "The president, on a visit to Cyprus, condemned it.",
        "He said five families had lost a child.",
    )
    found = events("en", said, (0, "Five people died", "Suruc"), (2, "lost a child", "Cyprus"))
    assert names(found) == [("TR", "Suruc")] * 2


def test_where_it_was_written_is_not_where_it_happened() -> None:
    said = (
        "MOSCOW (Example) - Air strikes killed five Syrians, a monitor said.",
        "Syrian planes had hit Hama and Homs.",
    )
    assert events("en", said, (0, "killed five Syrians", "MOSCOW"))[0].country == "SY"
    said = ("KABUL (Example) - Five American soldiers were killed, the US military said.", "The US has troops there.")
    assert events("en", said, (0, "Five American soldiers were killed", "KABUL"))[0].country == "AF"


def test_another_incident_keeps_its_own_place() -> None:
    said = (
        "قتل خمسة في انفجار بمدينة سوروتش التركية.",
        "كما قتل اثنان في تفجير سيارة داخل كوباني.",
    )
    found = events("ar", said, (0, "قتل خمسة", "سوروتش"), (1, "قتل اثنان", "كوباني"))
    assert names(found) == [("TR", "Suruc"), ("SY", "Kobani")]


def test_whose_the_town_is_tells_the_country_and_the_scene_the_town() -> None:
    said = ("قتل خمسة في بلدة تركية قريبة من الحدود السورية.", "وقع الهجوم في مدينة سروج.", "وأصيب عشرة في سروج.")
    found = events("ar", said, (0, "قتل خمسة", "تركية"), (2, "أصيب عشرة", "سروج"))
    assert names(found) == [("TR", "Suruc")] * 2


def test_where_a_monitor_sits_is_not_where_it_happened() -> None:
    said = (
        "Air strikes killed five civilians in the Syrian town of Manbij.",
        "The dead included five children, the Britain-based monitor said.",
    )
    found = events("en", said, (0, "killed five civilians", "Manbij"), (1, "five children", "Britain"))
    assert {e.country for e in found} == {"SY"}


def test_a_digest_has_no_scene() -> None:
    said = (
        "Five people died in Lima.",
        "Five people died in Oslo.",
        "Five people died in Basra.",
        "Five people died in Nairobi.",
        "Five people died in the blast.",
    )
    found = events("en", said, *((at, "Five people died", said[at].split()[-1][:-1]) for at in range(4)))
    assert [e.country for e in found] == ["PE", "NO", "IQ", "KE"]


@pytest.mark.parametrize(
    ("text", "place", "town"),
    [
        ("Five people died in the town of Taji, north of Baghdad.", "Baghdad", "Taji"),
        ("Fighting in the city of Fallujah, a short drive from Baghdad, killed five people.", "Baghdad", "Fallujah"),
        ("In Diyala province north of Baghdad, five people died in the town of Al-Khalis.", "Baghdad", "Khāliş"),
    ],
)
def test_what_is_named_beside_yields_to_the_town(text: str, place: str, town: str) -> None:
    evidence = "killed five" if "killed five" in text else "ive people died"
    assert names(events("en", (text,), (0, evidence, place))) == [("IQ", town)]


@pytest.mark.parametrize(
    ("text", "place", "found"),
    [
        ("غارة روسية قتلت خمسة في مدينة مورك", "مورك", "SY"),
        ("طائرات روسية قصفت وقتل خمسة في مدينة #مورك", "مورك", "SY"),
        ("الجيش الإسرائيلي قال إن خمسة قتلوا في مدينة السويداء", "السويداء", "SY"),
    ],
)
def test_whose_planes_they_were_does_not_move_a_town(text: str, place: str, found: str) -> None:
    assert events("ar", (text,), (0, "خمسة", place))[0].country == found


def test_another_sentence_s_month_does_not_date_the_story() -> None:
    said = ("Five people died on Monday in Suruc.", "Militants fled in June.", "The blast hurt five people.")
    text = " ".join(said)
    dated = figure(text, "Five people died", low=5, when="Monday", sentence=said[0], scope="incident")
    after = figure(text, "hurt five people", low=5, when="in June", sentence=said[2], scope="incident")
    first, second = events_of(reading(text, dated, after))
    assert second.window == first.window
    assert first.window.precision == "day"


def test_the_toll_of_a_country_is_of_no_town_where_provinces_have_their_own() -> None:
    said = (
        "Floods killed five people in Pakistan.",
        "Five people died in Gilgit.",
        "Five people were killed in Balochistan.",
    )
    found = events(
        "en", said, (0, "killed five people", "Pakistan"), (1, "Five people died", "Gilgit"),
        (2, "people were killed", "Balochistan"),
    )  # fmt: skip
    assert (found[0].country, found[0].location.precision) == ("PK", 6)
    assert found[1].location.name == "Gilgit"
