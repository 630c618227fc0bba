"""When an event happened, where its own sentence does not say it."""

from __future__ import annotations

import pytest

from mapper.model import Article
from mapper.reading.reader import RuleReader

_CASES = [
    # The sentence before, in the same paragraph; not the month that a later total counts.
    (
        "2019-10-20",
        "On 12 September 2019 shells hit the town of Exampleville. Nine people died. In September it counted 91.",
        "2019-09-12",
    ),
    # "The attack occurred on …"
    (
        "2018-03-02",
        "The attack occurred on 9 December 2017, in the village of Exampleville.\n\nRescuers counted eight dead.",
        "2017-12-09",
    ),
    (
        "2017-05-23",
        "Crews dug on Tuesday; jets killed 17 in the town of Exampleville. The three strikes came on Sunday night.",
        "2017-05-21",
    ),
    # What rose on Monday happened on Saturday.
    (
        "2017-05-23",
        "The death toll from the strike on the village of Exampleville rose to 12 on Monday. It was hit on Saturday.",
        "2017-05-20",
    ),
    # A heading tells as of when; the day under it is that of the event.
    (
        "2017-05-23",
        "As of 09:00\n\nYesterday, around 18:40, bombs killed two people in the town of Exampleville.",
        "2017-05-22",
    ),
    # What is counted by the hour is of the day.
    ("2017-05-23", "Town of Exampleville: as of 16:00 today ten people were killed by shells.", "2017-05-23"),
    # What was read out on Monday happened on Sunday.
    (
        "2017-05-23",
        "On Sunday men shot at herders in the town of Exampleville. The notice, read on Monday, counts 21 dead.",
        "2017-05-21",
    ),
    # Counted from the publication, where no event was told before.
    (
        "2017-05-23",
        "Rescuers said that 22 people had been killed the day before in the town of Exampleville.",
        "2017-05-22",
    ),
    # Notes without any day.
    (
        "2017-05-23",
        "14:07 Five killed in shelling of the village of Exampleville, medics say.",
        "2017-05-22/2017-05-23",
    ),
    ("", "14:07 Five killed in shelling of the village of Exampleville, medics say.", ""),
    # The heading of a report stands in for its publication.
    (
        "",
        "Daily report, 23 May 2017\n\nShelling of the village of Exampleville killed five people.",
        "2017-05-22/2017-05-23",
    ),
    # The month first, as the notes of the Global Terrorism Database have it; else the reading near the publication.
    ("", "05/03/2017: Assailants fired at a bus near Exampleville. Six people were killed.", "2017-05-03"),
    ("", "05/03/2017: Shells fell on the village of Exampleville. Six people were killed.", "[2017-03-05,2017-05-03]"),
    ("2017-05-04", "Shells fell on the village of Exampleville on 5/3/2017. Six people were killed.", "2017-05-03"),
    # A year or month that the text names elsewhere.
    (
        "",
        "For 2017 we know none worse. On the night of 3 May a drone killed six in the village of Exampleville.",
        "2017-05-03",
    ),
    (
        "",
        "May 2017 was deadly. A raid on the village of Exampleville came at dawn on the 3rd and killed six people.",
        "2017-05-03",
    ),
]


@pytest.mark.parametrize(("published", "text", "edtf"), _CASES)
def test_an_event_takes_its_day_from_what_dates_it(published: str, text: str, edtf: str) -> None:
    article = Article(id="a", file="a.txt", sha256="", text=text, published=published)
    accounts = RuleReader().read(article, ()).accounts
    assert len(accounts) == 1
    assert (accounts[0].date.edtf if accounts[0].date is not None else "") == edtf


def test_the_day_of_a_note_is_marked_as_inferred_and_has_its_sentence() -> None:
    text = "Five killed in shelling of the village of Exampleville, medics say."
    article = Article(id="a", file="a.txt", sha256="", text=text, published="2017-05-23")
    (account,) = RuleReader().read(article, ()).accounts
    assert "date-inferred" in account.flags
    assert [c.quote for c in account.claims if c.kind == "date"] == [text]


def test_sums_over_several_days_and_an_area_are_set_aside() -> None:
    text = (
        "Between the afternoons of 18 and 19 May 2017, 98 people were killed across the country. The deadliest incident"
        " took place on 18 May, when a house in the village of Exampleville was hit, killing 13 people."
    )
    reading = RuleReader().read(Article(id="a", file="a.txt", sha256="", text=text), ())
    (account,) = reading.accounts
    assert [c.value for c in account.claims if c.kind == "toll"] == [13]
    assert [(s.kind, s.value) for s in reading.set_aside if s.value == 98] == [("period", 98)]


def test_the_head_of_a_form_has_the_day_of_its_narrative() -> None:
    text = (
        "Civilian deaths: 15 - 22. Assessment: fair.\n\nWhat happened: a house in the village of Exampleville fell in "
        "on the evening of Thursday 9 March. Radio Example reported 17 killed; Example Now twenty-two killed."
    )
    article = Article(id="a", file="a.txt", sha256="", text=text, published="2017-03-30")
    first = RuleReader().read(article, ()).accounts[0]
    assert first.date is not None
    assert first.date.edtf == "2017-03-09"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The court puts the explosion at 7:20 on 14 October 2020. It killed five in the village of X.", "2020-10-14"),
        (
            "We visited Exampleville village on 26 August, two days after the attack. It had killed 35.",
            "2021-08-24",
        ),
        (
            "A woman was shot dead in the village of Exampleville on Monday. She was last seen on 3 September.",
            "2021-09-06",
        ),
        # A scene before, what the event came after, what had been done before it.
        ("The truce ended on Sunday. Two days later a raid on Exampleville village killed three.", "2021-09-07"),
        ("After the truce of 3 September, on 5 September, a raid on Exampleville village killed three.", "2021-09-05"),
        ("After Sunday's talks, a raid on Exampleville village killed three people the next day.", "2021-09-06"),
        (
            "The boat had left on the night of 3 September; it was shelled off Exampleville town next day; six died.",
            "2021-09-04",
        ),
        # The dead are found later than they died.
        (
            "Gunmen came to Exampleville village on 3 September. Two days later, 12 bodies were found in a well.",
            "2021-09-03",
        ),
        (
            "The army on Monday dismissed reports that a raid on Friday had killed two in the village of Exampleville.",
            "2021-09-03",
        ),
        # One of the hurt dies later.
        (
            "Friday 3 September: shells hit Exampleville village. Five were killed; a wounded guest died on Sunday.",
            "2021-09-03",
        ),
        ("Exampleville, Sept 8: A vendor was shot dead in the village of Exampleville on Monday.", "2021-09-06"),
        (
            "By the time help came on 6 September, two were dead: they had hit a mine near Exampleville on the 5th.",
            "2021-09-05",
        ),
        (
            "The envoy condemned on Wednesday a raid on Exampleville village that killed five people two days earlier.",
            "2021-09-06",
        ),
        (
            "Statement, 7 September: we decry the shelling of Exampleville village on 5 September, which killed five.",
            "2021-09-05",
        ),
        ("Ref 77/21; Exampleville village; 05/09; shelling; 5 killed", "2021-09-05"),
        ("Abducted on 3 September, two men were shot dead in Exampleville village on 5 September.", "2021-09-05"),
        ("Two men of Exampleville village who were abducted on 3 September were killed two days later.", "2021-09-05"),
        (
            "Troops reached the village of Exampleville on Monday, a day after gunmen had killed eleven people.",
            "2021-09-05",
        ),
        ("A week after the 30 August truce, mortar fire killed two in the village of Exampleville.", "2021-09-06~"),
        (
            "UPDATE (7 September 2021): A third man died. A mine went off near Exampleville on 3 September; two died.",
            "2021-09-03",
        ),
        ("Week of 24 to 30 August. Exampleville: a mine killed two shepherds on Friday.", "2021-08-27"),
        ("EXAMPLEVILLE, Sept. 3 - A raid on the village of Exampleville killed five people.", "2021-09-03"),
    ],
)
def test_the_day_of_the_event_is_told_from_other_days(text: str, expected: str) -> None:
    article = Article(id="a", file="a.txt", sha256="", text=text, published="2021-09-08")
    (account,) = RuleReader().read(article, []).accounts
    assert account.date is not None
    assert account.date.edtf == expected


def test_what_came_hours_later_is_of_the_day_of_the_event_before_it() -> None:
    text = (
        "Tuesday, 7 September 2021. A raid on the clinic in Exampleville village killed 14 people.\n\n"
        "Before the noon prayer a house in the village of Deltaford was hit, and eight people were killed."
    )
    article = Article(id="a", file="a.txt", sha256="", text=text, published="2021-09-08")
    found = RuleReader().read(article, []).accounts
    assert [account.date and account.date.edtf for account in found] == ["2021-09-07", "2021-09-07"]


@pytest.mark.parametrize(
    ("after", "day"),
    [
        ("At dawn, in Deltaford village, a house was struck, and seven were killed.", "2021-09-04"),
        ("In the village of Deltaford, a house was struck the same day, and seven were killed.", "2021-09-03"),
    ],
)
def test_dawn_comes_after_the_evening_of_the_event_before_and_the_same_day_is_its(after: str, day: str) -> None:
    text = f"A shell killed nine in the village of Exampleville on the evening of Friday 3 September.\n\n{after}"
    article = Article(id="a", file="a.txt", sha256="", text=text, published="2021-09-08")
    found = RuleReader().read(article, []).accounts
    assert [account.date and account.date.edtf for account in found] == ["2021-09-03", day]


def test_that_same_day_is_that_of_the_event_told_before_it_whatever_the_headline_told() -> None:
    text = (
        "Army rejects a report; five dead in Deltaford town\n\nAn officer denied a shelling in the town of "
        "Exampleville. The six people who died in Exampleville on Friday were victims of others.\n\nIt told of a real "
        "crime of that same day: five villagers were killed when forces shelled a house in the town of Deltaford."
    )
    article = Article(id="a", file="a.txt", sha256="", text=text, published="2021-09-08")
    found = RuleReader().read(article, []).accounts
    assert [account.date and account.date.edtf for account in found] == ["2021-09-03", "2021-09-03"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("A boy succumbed to his wounds today, raising the toll of the shelling of Exampleville village to six.", ""),
        ("A sixth man died on Monday of the wounds that the shelling of Exampleville village had left him.", ""),
        ("A man was shot on Friday in Exampleville village and died of his wounds on Monday.", "2021-09-03"),
        ("A man died of gunshot wounds in Exampleville village on Monday.", "2021-09-06"),
    ],
)
def test_the_day_on_which_one_of_the_hurt_died_is_no_day_of_the_event(text: str, day: str) -> None:
    article = Article(id="a", file="a.txt", sha256="", text=text, published="2021-09-08")
    (account,) = RuleReader().read(article, []).accounts
    assert (account.date.edtf if account.date else "") == day


def test_the_hours_of_a_log_that_goes_on_the_next_morning_are_of_the_day_before() -> None:
    log = "18:12 Raid on Exampleville village.\n18:40 First toll: five dead.\nFri 09:00 The search has ended."
    for text, day in ((log, "2021-09-09"), (log.replace("\nFri 09:00", "\n21:00"), "2021-09-10")):
        article = Article(id="a", file="a.txt", sha256="", text=text, published="2021-09-10")
        account = RuleReader().read(article, []).accounts[0]
        assert account.date is not None
        assert account.date.edtf == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (
            "A day after the raid on Exampleville village, in which nine people died, shops shut.",
            "2021-09-06/2021-09-07",
        ),
        ("Two days after the raid on Exampleville village killed nine, shops shut.", "2021-09-05/2021-09-06"),
        ("Years after the raid on Exampleville village killed nine, shops shut.", ""),
    ],
)
def test_what_a_story_comes_days_after_is_dated_by_its_publication(text: str, day: str) -> None:
    for published, expected in (("2021-09-08", day), ("", "")):
        article = Article(id="a", file="a.txt", sha256="", text=text, published=published)
        (account,) = RuleReader().read(article, []).accounts
        assert (account.date.edtf if account.date else "") == expected
