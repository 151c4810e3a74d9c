"""Made-up news without end: attacks whose tolls rise, told by three outlets in two languages, in versions.

Every number comes from the seed, so that the same stretch can be written twice.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from random import Random

from streams.records import Article

BEGIN = datetime(2031, 5, 6, 6, tzinfo=UTC)
TOWNS = (
    ("Mosul", "الموصل", "Iraq"), ("Kirkuk", "كركوك", "Iraq"), ("Ramadi", "الرمادي", "Iraq"), ("Idlib", "إدلب", "Syria"),
    ("Homs", "حمص", "Syria"), ("Raqqa", "الرقة", "Syria"), ("Taiz", "تعز", "Yemen"), ("Hodeidah", "الحديدة", "Yemen"),
    ("Marib", "مأرب", "Yemen"), ("Tripoli", "طرابلس", "Libya"), ("Benghazi", "بنغازي", "Libya"), ("Sirte", "سرت", "Libya"),
    ("Nyala", "نيالا", "Sudan"), ("El Fasher", "الفاشر", "Sudan"), ("Mogadishu", "مقديشو", "Somalia"),
)  # fmt: skip
ATTACKS = (
    ("a car bomb", "تفجير سيارة مفخخة"), ("shelling", "قصف مدفعي"), ("an air strike", "غارة جوية"), ("a fire", "حريق"),
)  # fmt: skip
OUTLETS = (("Wire", "en"), ("Courier", "en"), ("وكالة الأنباء", "ar"))
TELLINGS = 8  # articles of one story: each outlet's first version and its revisions


def articles(seed: int, count: int, per_day: int = 400) -> list[Article]:
    """So many article versions, in time order, `per_day` of them a day of the world."""
    return list(islice(stream(seed, per_day), count))


def stream(seed: int, per_day: int = 400) -> Iterator[Article]:
    """Stories one beside the other, four at a time."""
    dice, step = Random(seed), timedelta(days=1) / per_day
    number, now, open_ = 0, BEGIN, []
    while True:
        while len(open_) < 4:
            open_.append(_story(Random(f"{seed}-{number}"), f"{seed}-{number}"))
            number += 1
        story = dice.choice(open_)
        now += step
        try:
            yield story.send(None)(now)
        except StopIteration:
            open_.remove(story)


def _story(dice: Random, name: str) -> Iterator:
    """The tellings of one story, each a function of the time at which it is told."""
    town, town_ar, country = dice.choice(TOWNS)
    attack, attack_ar = dice.choice(ATTACKS)
    dead, hurt = dice.randint(3, 60), dice.randint(5, 200)
    versions = dict.fromkeys(OUTLETS, 0)
    for _ in range(TELLINGS):
        outlet, language = dice.choice(OUTLETS)
        versions[outlet, language] += 1
        dead += dice.choice((0, 0, 0, 1, 2, 5))
        hurt += dice.choice((0, 0, 3, 9))
        if language == "en":
            headline = f"At least {dead} killed in {attack} in {town}"
            body = f"At least {dead} people were killed and {hurt} others were wounded in {attack} in {town}, {country}, police said."
        else:
            headline = f"مقتل {dead} شخصا في {attack_ar} في {town_ar}"
            body = f"قتل {dead} شخصا وأصيب {hurt} آخرون بجروح في {attack_ar} في مدينة {town_ar}، حسبما أعلنت الشرطة."
        fields = {
            "uri": f"urn:torture:{name}:{OUTLETS.index((outlet, language))}", "version": str(versions[outlet, language]),
            "language": language, "source": outlet, "headline": headline, "body": body,
        }  # fmt: skip
        if dice.random() < 0.03:
            fields["pubStatus"] = "canceled"
        yield lambda now, fields=fields: Article(versionCreated=now, **fields)
