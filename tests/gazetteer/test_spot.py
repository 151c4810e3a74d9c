"""Place names in running text: what is one, what is not, and where it begins and ends."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.gazetteer import gazetteer


def spotted(text: str) -> list[str]:
    spans = gazetteer().spot(text)
    assert all(text[s.start : s.end] == s.text for s in spans)
    return [s.text for s in spans]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("قتل خمسة في الموصل وبغداد", ["الموصل", "بغداد"]),
        ("وصلوا إلى حلب قادمين من وبالرقة وللموصل", ["حلب", "الرقة", "لموصل"]),
        ("نزحت أسر من الهرمات و17 تموز وغيرها من الأحياء", ["الهرمات", "17 تموز"]),
        ("قصف حي 17 تموز", ["حي 17 تموز"]),
        ("وقع الانفجار في 17 تموز الماضي", []),
        ("قال يوم الخميس إن القوات تقدمت", []),
        ("في مدينة الباب شمال سوريا", ["مدينة الباب", "سوريا"]),
        ("في بلدة الباب أمس", ["الباب"]),
        ("فتح الباب أمام المدنيين", []),
        ("اشتباكات في بيت لحم", ["بيت لحم"]),
        ("دخلت المدينة الجديدة من الشرق", []),
        ("وكان الجنود قد غادروا", []),
        ("عثروا على فرقة من المقاتلين", []),
        ("في دَيْر الزّور أمس", ["دَيْر الزّور"]),
        ("في حـــلب", ["حـــلب"]),
        ("قالت صحيفة القدس العربي", []),
        ("أعلنت سرايا القدس", []),
        ("هاجم مسلحون مخيم جباليا شمال قطاع غزة", ["مخيم جباليا", "قطاع غزة"]),
    ],
)
def test_arabic(text: str, names: list[str]) -> None:
    assert spotted(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Twelve people died in Mosul and Tikrit.", ["Mosul", "Tikrit"]),
        ("an air strike on Tall Maraqib village", []),
        ("clashes in Tall and Tal Abyad", ["Tall", "Tal Abyad"]),
        ("shelling of Deir Sukkar, near Homs", ["Homs"]),
        ("a car bomb in Deir ez-Zor and one in Tarnak wa Jaldak", ["Deir ez-Zor", "Tarnak wa Jaldak"]),
        ("at a market in Barkin Ladi, Plateau State", ["Barkin Ladi", "Plateau State"]),
        ("In March, nine were killed near Baghdad's airport", ["Baghdad"]),
        ("Nice work, said the officer", []),
        ("A lorry attack in Nice killed 86", ["Nice"]),
        ("Reading the names of the dead took hours", []),
        ("But more than ten people", []),
        ("the town of March", ["March"]),
        ("A CAR BOMB IN BAGHDAD", ["BAGHDAD"]),
        ("The UN and the FAO said", []),
        ("Agence France Presse reported from Aden", ["Aden"]),
        ("fighters of the Islamic State of Iraq and Syria", []),
        ("President Goodluck Jonathan visited Maiduguri", ["Maiduguri"]),
        ("mosul in small letters", []),
        ("in the town of Balad Ruz", ["Balad Ruz"]),
        ("the Iraqi capital on Monday", ["Iraqi capital"]),
        ("clashes in Deir al-Zor province", ["Deir al-Zor"]),
        ("An Armenian family fled Aleppo", ["Aleppo"]),
        ("car bombs hit cars", []),
        ("troops in CAR said", ["CAR"]),
    ],
)
def test_latin(text: str, names: list[str]) -> None:
    assert spotted(text) == names


def test_demonyms_are_hints_not_places() -> None:
    text = "Iraqi police and القوات العراقية said"
    assert spotted(text) == []
    assert [s.text for s in gazetteer().mentions(text)] == ["Iraqi", "العراقية"]
    assert {gazetteer().candidates(s.text)[0].kind for s in gazetteer().mentions(text)} == {"demonym"}


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="ابلموصفيك ـَّ17تزABadMosul-'’.،\n", max_size=80))
def test_spans_are_in_order_apart_and_true(text: str) -> None:
    end = 0
    for span in gazetteer().mentions(text):
        assert end <= span.start < span.end
        assert text[span.start : span.end] == span.text
        end = span.end


@pytest.mark.parametrize("piece", ["Al-", "في ", "A ", "17 تموز و", "ال", "New York, ", "'", "Mosul and "])
def test_a_long_text_takes_time_in_proportion(piece: str) -> None:
    import time

    def took(times: int) -> float:
        text = piece * times
        start = time.process_time()
        gazetteer().spot(text)
        return time.process_time() - start

    took(100)
    assert took(40_000) < 200 * max(took(2_000), 0.002)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("غارة على مدينة #مورك", ["مورك"]),
        ("قصف على حماة10:49", ["حماة"]),
        ("Fighting reached the largest city, Taiz.", ["Taiz"]),
    ],
)
def test_hashtags_times_and_appositions(text: str, found: list[str]) -> None:
    assert [s.text for s in gazetteer().spot(text)] == found


def test_mentions_are_names_and_whose_something_is() -> None:
    found = gazetteer().mentions("Iraqi troops left Mosul.")
    assert [(s.text, gazetteer().is_name(s.text)) for s in found] == [("Iraqi", False), ("Mosul", True)]
