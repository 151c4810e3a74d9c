"""Where a figure happened: the article decides which place a name means."""

import pytest
from enrich.readings import figure, reading

from agents.enrich.events import events_of
from agents.gazetteer import Place
from agents.gazetteer.place import kilometres
from streams.records import Event


def event(text: str, place: str | None, language: str = "en", **said: object) -> Event:
    sentence = said.pop("sentence", text)
    (found,) = events_of(
        reading(text, figure(text, sentence, low=5, place=place, sentence=sentence, **said), language=language)
    )
    return found


def near(found: Event, country: str, lat: float, lon: float, within: float = 30) -> bool:
    assert found.country == country
    assert found.location is not None
    there = Place(name="", geonames_id=None, country=country, admin1=None, lat=lat, lon=lon, population=0, kind="city")
    return kilometres(found.location, there) < within


@pytest.mark.parametrize(
    ("text", "place", "country", "lat", "lon"),
    [
        ("Five died in Tripoli, north Lebanon, police in Beirut said.", "Tripoli", "LB", 34.43, 35.84),
        ("Five died in Tripoli, a Libyan official said in Misrata.", "Tripoli", "LY", 32.88, 13.19),
        ("Israeli fire killed five in Bethlehem near Hebron.", "Bethlehem", "PS", 31.70, 35.20),
        ("Gunmen killed five in Dar village in Madagali LGA of Adamawa State.", "Dar", "NG", 10.89, 13.62),
        ("Gunmen killed five at Njaba village in Damboa LGA of Borno State.", "Njaba", "NG", 11.15, 12.76),
        ("A blast killed five in Nyala, the capital of South Darfur.", "Nyala", "SD", 12.05, 24.88),
        ("Five were killed in Kunduz, the Afghan army said.", "Kunduz", "AF", 36.73, 68.86),
        ("In the city of Baqouba, Iraqi police said five were killed.", "Baqouba", "IQ", 33.75, 44.65),
        ("A bomb killed five in the Iraqi capital.", "Iraqi capital", "IQ", 33.33, 44.40),
        ("Five were killed in an attack in Iraq, in the town of Taji.", "Iraq", "IQ", 33.53, 44.27),
        (
            "Five were killed in Abbasiya, 15 km (9 miles) north of the Iraqi city of Samarra.",
            "Abbasiya",
            "IQ",
            34.2,
            43.87,
        ),
        ("Five were killed in the Shalman area of Khyber region near the Afghan border.", "Shalman", "PK", 34.2, 71.2),
        ("Five were killed in Bamako, the State Department in Washington said.", "Bamako", "ML", 12.65, -8.0),
        ("Five were killed in Ghouta in 2013, the New York-based group said.", "Ghouta", "SY", 33.5, 36.4),
        ("Soldiers killed five in Mundu village, in Bauchi State.", "Mundu", "NG", 10.5, 10.0),
        (
            "MOSCOW (Example) - Five Syrians were killed by shells in Syria, in the Syrian city of Homs.",
            "MOSCOW",
            "SY",
            34.73,
            36.71,
        ),
        ("Air strikes killed five in Afmadow, the Kenyan military said.", "Afmadow", "SO", 0.52, 42.07),
        ("Shelling killed five in Kobani, Turkish officials said.", "Kobani", "SY", 36.89, 38.35),
        ("Shells killed five in Uvira, a Burundian general said.", "Uvira", "CD", -3.40, 29.14),
        ("Five were killed in Galkayo, Puntland officials said.", "Galkayo", "SO", 6.77, 47.43),
        ("Clashes killed five in Zintan, Wershefana and Zawiya, a medic said.", "Zintan", "LY", 31.93, 12.25),
        ("Floods killed five in Hajjah, Saada and Amran, officials said.", "Hajjah", "YE", 15.69, 43.60),
        ("Air raids killed five in Eastern Ghouta in Damascus province.", "Eastern Ghouta", "SY", 33.52, 36.42),
        ("Gunmen killed five in Palma, northern Mozambique.", "Palma", "MZ", -10.77, 40.48),
        ("Five were killed in Beni, Borno State.", "Beni", "NG", 11.9, 13.1),
        ("Gunmen killed five in Qxara, 120 km (75 miles) north of Baghdad.", "Qxara", "IQ", 34.42, 44.4),
        ("A bomb killed five 50 miles to the south of the capital Kabul.", "Kabul", "AF", 33.81, 69.17),
        ("Five were killed in Samarra, 110 km north of Baghdad.", "Samarra", "IQ", 34.2, 43.87),
    ],
)
def test_english(text: str, place: str, country: str, lat: float, lon: float) -> None:
    assert near(event(text, place), country, lat, lon)


@pytest.mark.parametrize(
    ("text", "place", "country", "lat", "lon"),
    [
        ("قتل خمسة في قرية دوما جنوب نابلس برصاص الجيش الإسرائيلي", "دوما", "PS", 32.06, 35.37),
        ("قتل خمسة في دوما بريف دمشق بقصف للجيش السوري", "دوما", "SY", 33.57, 36.40),
        ("قتل خمسة في طرابلس شمال لبنان", "طرابلس", "LB", 34.43, 35.84),
        ("قتل خمسة في طرابلس غرب ليبيا", "طرابلس", "LY", 32.88, 13.19),
        ("قتل خمسة في بيت لحم بالضفة الغربية", "بيت لحم", "PS", 31.70, 35.20),
        ("قتل خمسة في حي الهرمات بالموصل", "الهرمات", "IQ", 36.36, 43.08),
        ("قتل خمسة في مدينة الباب شمال حلب", "الباب", "SY", 36.37, 37.52),
        ("نزحت أسر من الهرمات و17 تموز", "17 تموز", "IQ", 36.36, 43.09),
        ("قتل خمسة في محافظة البيضاء اليمنية", "محافظة البيضاء", "YE", 14.0, 45.6),
        ("قتل خمسة في البعاج، على بعد 510 كيلومترا شمال غرب بغداد", "البعاج", "IQ", 36.04, 41.72),
        ("قالت مصادر لـ«الرياض» إن خمسة قتلوا في معارك في تعز", "الرياض", "YE", 13.58, 44.02),
        ("ذكرت صحيفة الرياض أن خمسة قتلوا في معارك في تعز", "الرياض", "YE", 13.58, 44.02),
        ("قتل خمسة في كوباني، المسؤولون الأتراك قالوا ذلك", "كوباني", "SY", 36.89, 38.35),
        ("قتل خمسة في غارات على الزنتان، ورشفانة والزاوية", "الزنتان", "LY", 31.93, 12.25),
        ("قتل خمسة في مدينة سرت، الجيش الأميركي أعلن ذلك", "سرت", "LY", 31.20, 16.59),
        ("قتل خمسة في مدينة الباب السورية", "الباب", "SY", 36.37, 37.52),
        ("قتل خمسة في كمين على بعد 200 كيلومتر شرق صنعاء", "صنعاء", "YE", 15.35, 46.06),
    ],
)
def test_arabic(text: str, place: str, country: str, lat: float, lon: float) -> None:
    assert near(event(text, place, "ar"), country, lat, lon, within=60)


def test_a_town_that_was_told_from_its_namesakes_is_the_same_one_further_on() -> None:
    first = "Gunmen fired in Lafayette, Louisiana."
    second = "Five were killed in Lafayette, which recalls Aurora, Colorado."
    assert near(event(f"{first} {second}", "Lafayette", sentence=second), "US", 30.22, -92.02)


def test_a_common_word_is_no_town_that_has_the_article() -> None:
    assert event("سقط خمسة قتلى في ميادين الصراع بأفغانستان.", "ميادين", "ar").country == "AF"
    assert event("سقط خمسة قتلى في الميادين.", "الميادين", "ar").country == "SY"


def test_a_large_city_of_another_country_is_no_village() -> None:
    assert event("Five were killed in the village of Bombay, Somali police said.", "Bombay").country == "SO"


def test_a_village_is_not_meant_where_the_group_named_never_fights() -> None:
    assert event("Boko Haram gunmen killed five in the village of Amuda.", "Amuda").country != "SY"
    assert event("Gunmen killed five in the town of Amuda.", "Amuda").country == "SY"


def test_a_place_that_nobody_knows_lies_in_what_the_text_names_behind_it() -> None:
    first, second = (
        "Five people were killed by gunmen in Pakistan.",
        "They fired at the QX bazaar in Rawalpindi, near Islamabad.",
    )
    text = f"{first} {second}"
    found = events_of(reading(text, figure(text, first, low=5, place="QX", sentence=first)))[0]
    assert near(found, "PK", 33.6, 73.05)


@pytest.mark.parametrize(
    ("text", "place", "country"),
    [
        ("Suicide bombers from Nigeria killed five people in Fotokol.", "Fotokol", "CM"),
        ("A bomb killed five in the Turkish border town of Reyhanli near Syria.", "Reyhanli", "TR"),
        ("Five were killed by rockets in Hermel, the Syrian rebels said.", "Hermel", "LB"),
        ("Saudi-led strikes killed five in Mastaba.", "Mastaba", "YE"),
        ("Somali refugees were among the five killed in Taiz.", None, "YE"),
        ("Gunmen killed five in the Ghazi Qala area of Ghazni city.", "Ghazi Qala", "AF"),
        ("Five were killed in Yala, in the south.", "Yala", "TH"),
        ("Snipers killed five in Tripoli's Bab al-Tabbaneh.", "Tripoli", "LB"),
        ("A mine killed five peacekeepers from Chad near Kidal.", "Chad", "ML"),
        ("Boko Haram killed five in Bale, which is in Borno State.", "Bale", "NG"),
        ("Youths from Bambari killed five in the village of Liwa.", "Liwa", "CF"),
    ],
)
def test_a_village_abroad_or_the_people_of_another_country_do_not_tell_where(
    text: str, place: str | None, country: str
) -> None:
    assert event(text, place).country == country


def test_a_part_of_a_country_is_in_it() -> None:
    text = "سيول مأرب تقتل خمسة في مخيمات شرقي اليمن."
    assert event(text, "مأرب", "ar").country == "YE"


@pytest.mark.parametrize("dash", [" - ", ": ", " – ", "- "])
def test_an_arabic_dateline_is_not_where_a_battle_abroad_was(dash: str) -> None:
    assert event(f"الرياض{dash}قتل خمسة جنود في معارك باليمن.", "الرياض", "ar").country == "YE"
    assert event(f"الرياض{dash}قتل خمسة في حادث مروري.", "الرياض", "ar").location.name == "Riyadh"


@pytest.mark.parametrize(("name", "country"), [("Narathiwat", "TH"), ("Basilan", "PH"), ("Turkana", "KE")])
def test_a_province_that_gives_its_people_their_name_has_coordinates(name: str, country: str) -> None:
    found = event(f"Five people were killed in {name}.", name)
    assert found.country == country
    assert found.location.lat is not None


def test_a_country_has_no_coordinates() -> None:
    found = event("Five people were killed in Syria.", "Syria")
    assert (found.country, found.location.lat, found.location.lon, found.location.precision) == ("SY", None, None, 6)


def test_a_province_is_not_a_town() -> None:
    found = event("Five people were killed in Kano State, Nigeria.", "Kano State")
    assert (found.location.name, found.location.precision) == ("Kano", 4)


def test_near_a_town_is_not_in_it() -> None:
    assert event("Five people were killed near Mosul in Iraq.", "Mosul").location.precision == 2
    assert event("قتل خمسة قرب الموصل", "الموصل", "ar").location.precision == 2
    assert event("Five people were killed in Mosul.", "Mosul").location.precision == 1


def test_nothing_to_go_by() -> None:
    found = event("Five people were killed when gunmen opened fire.", None)
    assert (found.country, found.location) == ("ZZ", None)


def test_an_unknown_village_has_at_least_its_country() -> None:
    found = event("Five Kenyans were killed at Zzwari village along the border with Ethiopia.", "Zzwari")
    assert found.country == "KE"
    assert found.place.text == "Zzwari"


def test_without_a_place_the_sentence_is_read() -> None:
    assert near(event("In Aleppo, five people were killed by shells.", None), "SY", 36.20, 37.16)


def test_a_country_named_aside_is_not_where_it_happened() -> None:
    text = "Nigeria's Boko Haram killed five people in Niger's Diffa region."
    assert event(text, "Diffa").country == "NE"
    assert event("A group with links to Bahrain killed five in the Saudi city of Saihat.", None).country == "SA"


def test_households_are_persons_too() -> None:
    text = "About 100 families fled Mosul."
    (found,) = events_of(
        reading(
            text, figure(text, "100 families fled", "100", 100, measure="displaced", unit="household", place="Mosul")
        )
    )
    assert (found.low, found.unit) == (100, "household")
    assert found.persons.low == found.persons.high == round(100 * found.persons.household_size)
    assert found.persons.source
    assert event("Five people were killed in Mosul.", "Mosul").persons is None


def test_a_long_list_of_towns_does_not_cost_its_square() -> None:
    import time

    def took(towns: int) -> float:
        text = " ".join(f"In Mosul-{n}, near San Jose, {n} people were killed in Bethlehem." for n in range(towns))
        figures = [figure(text, f", {n} people were killed", low=n, place=f"Mosul-{n}", sentence=f"In Mosul-{n}, near San Jose, {n} people were killed in Bethlehem.") for n in range(towns)]  # fmt: skip
        one = reading(text, *figures)
        start = time.process_time()
        events_of(one)
        return time.process_time() - start

    took(50)
    assert took(800) < 40 * max(took(100), 0.01)


def test_what_is_far_from_a_town_is_another_place() -> None:
    far = event("A bomb killed five 75 km north of Garissa, Kenyan police said.", "Garissa").location
    assert (far.name, far.geonames_id, far.precision) == ("75 km north of Garissa", None, 2)
    near_by = event("A bomb killed five 5 km north of Garissa, Kenyan police said.", "Garissa").location
    assert (near_by.name, near_by.precision) == ("Garissa", 2)
