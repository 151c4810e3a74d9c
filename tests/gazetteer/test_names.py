"""Names to places: the spellings of news, in both scripts, and the names that several places share."""

from pathlib import Path

import pytest

from agents.gazetteer import Place, gazetteer
from agents.gazetteer.place import kilometres

TABLE = [
    line.split("\t")
    for line in Path(__file__).with_name("arabic_towns.tsv").read_text("utf-8").splitlines()[2:]
    if line
]


def test_the_table_is_long_enough() -> None:
    assert len({row[0] for row in TABLE}) >= 150


@pytest.mark.parametrize(("name", "country", "lat", "lon"), TABLE, ids=[row[0] for row in TABLE])
def test_an_arabic_name_is_the_place_that_news_means(name: str, country: str, lat: str, lon: str) -> None:
    there = Place(
        name="",
        geonames_id=None,
        country=country,
        admin1=None,
        lat=float(lat),
        lon=float(lon),
        population=0,
        kind="city",
    )
    found = gazetteer().candidates(name)
    assert found, name
    assert found[0].country == country
    assert found[0].lat is not None
    assert kilometres(found[0], there) < 30


@pytest.mark.parametrize(
    ("name", "english"),
    [
        ("العراق", "Iraq"), ("سوريا", "Syria"), ("سورية", "Syria"), ("اليمن", "Yemen"), ("Burma", "Myanmar"),
        ("DR Congo", "DR Congo"), ("UK", "United Kingdom"), ("السعودية", "Saudi Arabia"), ("Niger", "Niger"),
    ],
)  # fmt: skip
def test_countries(name: str, english: str) -> None:
    place = gazetteer().candidates(name)[0]
    assert (place.name, place.kind, place.precision, place.lat) == (english, "country", 6, None)


@pytest.mark.parametrize(
    "spellings",
    [
        ("Deir ez-Zor", "Deir Ezzor", "Deir al-Zor", "deir el-zour", "دير الزور", "ديرالزور"),
        ("Hodeidah", "Al-Hudaydah", "Hudaydah", "الحديدة", "الحديده"),
        ("Sa'ada", "Sa’dah", "Saada", "صعدة", "صَعْدة"),
        ("Khan Younis", "Khan Yunis", "خان يونس", "خانيونس"),
        ("Tal Afar", "Tel Afar", "تلعفر", "تل عفر"),
        ("Kobani", "Kobane", "Ain al-Arab", "كوباني", "عين العرب"),
        ("Mosul", "MOSUL", "الموصل", "موصل"),
        ("Baquba", "Baqouba", "Ba'quba", "بعقوبة"),
    ],
)
def test_spellings_of_one_place(spellings: tuple[str, ...]) -> None:
    places = {(gazetteer().candidates(s)[0].lat, gazetteer().candidates(s)[0].country) for s in spellings}
    assert len(places) == 1


def test_a_spelling_that_nobody_lists_is_found_by_its_sound() -> None:
    assert gazetteer().candidates("Taiyeglow") == ()
    assert any(place.country == "SO" for _, place in gazetteer().alike("Taiyeglow"))


def test_a_name_that_nobody_has() -> None:
    for name in ("", " ", "ا", "Xqzzwv", "ـــ", "\u0000", "a" * 5000, "'", "-"):
        assert gazetteer().candidates(name) == ()


def test_a_neighbour_in_the_country_shares_the_name() -> None:
    countries = [place.country for place in gazetteer().candidates("طرابلس")]
    assert countries[0] == "LY"
    assert "LB" in countries


@pytest.mark.parametrize(
    ("name", "country", "english"),
    [
        ("سروج", "TR", "Suruc"),
        ("سوروتش", "TR", "Suruc"),
        ("يوكسيكوفا", "TR", "Yüksekova"),
        ("كهرمان مرعش", "TR", "Kahramanmaraş"),
        ("بالوشيستان", "PK", "Balochistan"),
        ("شيترال", "PK", "Chitral"),
        ("ننغرهار", "AF", "Nangarhar"),
        ("هولير", "IQ", "Erbil"),
        ("لوجار", "AF", "Logar"),
        ("كوكوا", "NG", "Kukawa"),
        ("مندلاي", "MM", "Mandalay"),
        ("ديبالتسيفو", "UA", "Debaltseve"),
    ],
)
def test_towns_as_arabic_news_spells_them(name: str, country: str, english: str) -> None:
    first = gazetteer().candidates(name)[0]
    assert (first.country, first.name) == (country, english)


def test_arabic_spellings_that_nobody_lists_are_heard() -> None:
    for spelt, name in (("باكوبا", "Baqubah"), ("كوتباني", None)):
        heard = {place.name for _, place in gazetteer().alike(spelt)}
        assert (name in heard) if name else not heard


def test_coordinates_from_memory_say_so() -> None:
    ours = next(p for p in gazetteer().candidates("الهرمات") if p.country == "IQ")
    assert (ours.by_hand, ours.precision) == (True, 2)
    assert gazetteer().candidates("Mosul")[0].precision == 1


@pytest.mark.parametrize(("name", "town"), [("Bandiagara Cercle", "Bandiagara"), ("Departement de Keita", "Keita")])
def test_a_division_lies_around_the_town_that_it_is_named_for(name: str, town: str) -> None:
    division, city = gazetteer().candidates(name)[0], gazetteer().candidates(town)[0]
    assert (division.kind, division.country, division.lat, division.lon) == ("admin2", city.country, city.lat, city.lon)
