"""Tolls in the many forms that reports give them: each sentence is read as a person would read it."""

from __future__ import annotations

import pytest

from mapper.incidents.building import toll_of
from mapper.model import Article, Toll
from mapper.reading.reader import RuleReader

Range = tuple[int | None, int | None] | None

FORMS: list[tuple[str, Range, Range, Range, Range]] = [
    (
        "Planes bombed a market in the town of Exampleville on 3 May 2020. Among the dead were six women.",
        None,
        None,
        (6, 6),
        None,
    ),
    (
        "On 3 May 2020 the village of Exampleville came under attack by gunmen, leaving 12 people dead.",
        (12, 12),
        None,
        None,
        None,
    ),
    (
        "On 3 May 2020 the village of Exampleville came under mortar fire. Five residents lost their lives.",
        (5, 5),
        None,
        None,
        None,
    ),
    ("The shelling of Exampleville on 3 May 2020 left nine dead and 14 wounded.", (9, 9), (14, 14), None, None),
    ("Nine dead, 14 wounded in the shelling of Exampleville on 3 May 2020.", (9, 9), (14, 14), None, None),
    ("On 3 May 2020 a drone strike in Exampleville claimed the lives of four children.", (4, 4), None, None, (4, 4)),
    ("On 3 May 2020 a blast in Exampleville claimed 17 lives.", (17, 17), None, None, None),
    (
        "A roadside bomb went off in Exampleville on 3 May 2020, leaving at least 7 people with injuries.",
        None,
        (7, None),
        None,
        None,
    ),
    (
        "On 3 May 2020 gunmen opened fire on a minibus near Exampleville, killing its driver and three passengers.",
        (4, 4),
        None,
        None,
        None,
    ),
    ("The death toll from the 3 May 2020 air strike on Exampleville has climbed to 31.", (31, 31), None, None, None),
    (
        "The number of people killed in the air strike on Exampleville on 3 May 2020 rose from 12 to 15.",
        (15, 15),
        None,
        None,
        None,
    ),
    (
        "A family of five was wiped out in an air strike on the village of Exampleville on 3 May 2020.",
        (5, 5),
        None,
        None,
        None,
    ),
    (
        "On 3 May 2020 an entire family of seven perished when a shell hit their house in Exampleville.",
        (7, 7),
        None,
        None,
        None,
    ),
    (
        "Rescuers pulled 11 bodies from the rubble after an air strike on Exampleville on 3 May 2020.",
        (11, 11),
        None,
        None,
        None,
    ),
    (
        "The bodies of eight villagers were recovered after a raid on Exampleville on 3 May 2020.",
        (8, 8),
        None,
        None,
        None,
    ),
    ("Militants raided the village of Exampleville on 3 May 2020, slaughtering 23 men.", (23, 23), None, None, None),
    ("On 3 May 2020 twelve farmers were shot dead in the village of Exampleville.", (12, 12), None, None, None),
    (
        "On 3 May 2020, three people, including a woman and a child, were killed in Exampleville in their car.",
        (3, 3),
        None,
        (1, 1),
        (1, 1),
    ),
    ("Two sisters aged 6 and 9 died on 3 May 2020 when a rocket landed in Exampleville.", (2, 2), None, None, None),
    ("On 3 May 2020 a rocket landed in Exampleville, with 3 killed and 5 injured.", (3, 3), (5, 5), None, None),
    ("3 May 2020: Exampleville, air strike, killed: 4, injured: 9.", (4, 4), (9, 9), None, None),
    ("Air strike on Exampleville, 3 May 2020. Fatalities: 6. Wounded: 11.", (6, 6), (11, 11), None, None),
    (
        "On 3 May 2020 shells hit Exampleville; 4 civilians were martyred and others wounded.",
        (4, 4),
        (2, None),
        None,
        None,
    ),
    (
        "On 3 May 2020 shelling on Exampleville killed one civilian and wounded 6 others, 2 of them seriously.",
        (1, 1),
        (6, 6),
        None,
        None,
    ),
    (
        "On 3 May 2020 an air strike on Exampleville killed a father, a mother and their three daughters.",
        (5, 5),
        None,
        (1, 1),
        None,
    ),
    (
        "No one was killed in the air strike on Exampleville on 3 May 2020, but four people were hurt.",
        (0, 0),
        (4, 4),
        None,
        None,
    ),
    ("The air strike on Exampleville on 3 May 2020 caused no casualties.", (0, 0), (0, 0), None, None),
    ("No casualties were reported after the shelling of Exampleville on 3 May 2020.", (0, 0), (0, 0), None, None),
    (
        "On 3 May 2020 an air strike on Exampleville killed between 10 and 14 people, according to local media.",
        (10, 14),
        None,
        None,
        None,
    ),
    (
        "On 3 May 2020 an air strike hit Exampleville. One monitor counted 4 dead; the ministry put the toll at seven.",
        (4, 7),
        None,
        None,
        None,
    ),
    (
        "On 3 May 2020 a bomb hit Exampleville. A clinic said that six had died, while a network named nine victims.",
        (6, 9),
        None,
        None,
        None,
    ),
    (
        "On 3 May 2020 an air strike hit a school in Exampleville. As many as 20 pupils may have been killed.",
        (None, 20),
        None,
        None,
        None,
    ),
    (
        "On 3 May 2020 an air strike hit a school in Exampleville, killing well over a hundred people.",
        (101, None),
        None,
        None,
        None,
    ),
    ("On 3 May 2020 an air strike hit Exampleville, and killed 8, most of whom were women.", (8, 8), None, None, None),
    (
        "On 3 May 2020 an air strike hit Exampleville: 8 dead, of whom 3 were children and 2 women.",
        (8, 8),
        None,
        (2, 2),
        (3, 3),
    ),
    (
        "On 3 May 2020 an air strike hit Exampleville. Eight people died: three children, two women and three men.",
        (8, 8),
        None,
        (2, 2),
        (3, 3),
    ),
    ("On 3 May 2020 gunmen abducted and later executed six drivers near Exampleville.", (6, 6), None, None, None),
    (
        "On 3 May 2020 a barrel bomb dropped on Exampleville wounded a dozen people, some critically.",
        None,
        (12, 12),
        None,
        None,
    ),
    ("A 12-year-old girl was killed by sniper fire in Exampleville on 3 May 2020.", (1, 1), None, None, (1, 1)),
    ("On 3 May 2020 a sniper shot and killed a 40-year-old man in Exampleville.", (1, 1), None, None, None),
    ("On 3 May 2020 a sniper in Exampleville shot a 40-year-old woman dead.", (1, 1), None, (1, 1), None),
    (
        "On 3 May 2020 a grenade thrown into a cafe in Exampleville killed two and injured twenty-one.",
        (2, 2),
        (21, 21),
        None,
        None,
    ),
    ("Two killed in drone strike on Exampleville, 3 May 2020.", (2, 2), None, None, None),
    ("At least 9 dead after boat shelled off Exampleville on 3 May 2020.", (9, None), None, None, None),
    (
        "On 3 May 2020 the shelling of a camp in Exampleville led to the deaths of 13 people and injuries to 40 more.",
        (13, 13),
        (40, 40),
        None,
        None,
    ),
    (
        "On 3 May 2020 hospitals in Exampleville received 17 dead and 60 wounded after an air strike.",
        (17, 17),
        (60, 60),
        None,
        None,
    ),
    (
        "On 3 May 2020 an air strike on Exampleville reportedly resulted in 5 civilian deaths and 8 injuries.",
        (5, 5),
        (8, 8),
        None,
        None,
    ),
    (
        "On 3 May 2020 an air strike on Exampleville resulted in five fatalities, among them two women and one child.",
        (5, 5),
        None,
        (2, 2),
        (1, 1),
    ),
    (
        "Soldiers stormed the village of Exampleville on 3 May 2020; 14 people, one an infant, were burnt alive.",
        (14, 14),
        None,
        None,
        (1, 1),
    ),
    (
        "On 3 May 2020 seven miners were found dead with gunshot wounds in Exampleville after a raid.",
        (7, 7),
        None,
        None,
        None,
    ),
    ("On 3 May 2020 unknown gunmen assassinated a judge in Exampleville.", (1, 1), None, None, None),
    (
        "On 3 May 2020 a car bomb in Exampleville took the lives of 11 shoppers and left another 35 hurt.",
        (11, 11),
        (35, 35),
        None,
        None,
    ),
    (
        "A woman and her two sons were among 9 people killed in the air strike on Exampleville on 3 May 2020.",
        (9, 9),
        None,
        (1, 1),
        None,
    ),
    (
        "Six of the nine people killed in the 3 May 2020 air strike on Exampleville were children.",
        (9, 9),
        None,
        None,
        (6, 6),
    ),
    (
        "Of the 20 people killed in the 3 May 2020 strike on Exampleville, 12 were women.",
        (20, 20),
        None,
        (12, 12),
        None,
    ),
    (
        "On 3 May 2020 a strike on Exampleville killed 3 people (a man, his wife and their daughter) and wounded 2.",
        (3, 3),
        (2, 2),
        None,
        None,
    ),
    ("On 3 May 2020 a bomb hit Exampleville. Two boys were killed and a third succumbed.", (3, 3), None, None, None),
    ("On 3 May 2020 gunmen killed five men in Exampleville. A sixth died of his wounds.", (6, 6), None, None, None),
    ("On 3 May 2020 a bomb hit Exampleville. A bookkeeper died and its kiosk burned.", (1, 1), None, None, None),
    ("On 3 May 2020 gunmen killed nine reed cutters in Exampleville.", (9, 9), None, None, None),
    ("On 3 May 2020 a bomb fell in Exampleville. Six clients were hurt.", None, (6, 6), None, None),
    (
        "On 3 May 2020 a mine in Exampleville killed a girl of seven. Her father lost a leg.",
        (1, 1),
        (1, 1),
        None,
        (1, 1),
    ),
    ("On 3 May 2020 in Exampleville one civilian (male) killed and 4 wounded.", (1, 1), (4, 4), None, None),
    ("On 3 May 2020 in Exampleville, block 5, a tailor and his daughter were shot dead.", (2, 2), None, None, None),
    ("On 3 May 2020 a bomb in Exampleville killed 12 women and children.", (12, 12), None, None, None),
    ("On 3 May 2020 five civilians at least were killed in Exampleville.", (5, None), None, None, None),
]


@pytest.mark.parametrize(
    ("text", "killed", "injured", "women", "children"), FORMS, ids=[form[0][:60] for form in FORMS]
)
def test_a_toll_is_read_in_any_form(text: str, killed: Range, injured: Range, women: Range, children: Range) -> None:
    (account,) = RuleReader().read(Article(id="a", file="a.txt", sha256="", text=text), ()).accounts
    assert account.date is not None
    assert account.date.edtf == "2020-05-03"
    for group, of, wanted in (
        ("killed", None, killed),
        ("injured", None, injured),
        ("killed", "women", women),
        ("killed", "children", children),
    ):
        if wanted is not None:
            assert toll_of([account], group, of) == Toll(minimum=wanted[0], maximum=wanted[1]), (group, of)
