"""Lists of people as reports string them together: what joins, what only describes, and what is another count."""

from __future__ import annotations

import pytest

from mapper.incidents.building import toll_of
from mapper.model import Article, Toll
from mapper.reading.reader import RuleReader

_WHERE = "in the village of Exampleville on 3 May 2020"
_KILLED = [
    (f"Three women, one of them pregnant, together with a shepherd boy, were killed by a shell {_WHERE}.", 4),
    (
        f"Two sisters and the son of the elder one, together with an uncle's wife, perished when shells fell {_WHERE}.",
        4,
    ),
    (f"Three brothers, their mother and a cook who had come to help with a feast were killed {_WHERE}.", 5),
    (f"A couple, their infant of eight months and the wife's sister were killed by a shell {_WHERE}.", 4),
    (f"A mother and her four children, displaced only a week before, died {_WHERE} when a rocket fell.", 5),
    (f"A cook and a boy from a party of visitors were killed by shells {_WHERE}.", 2),
    (f"A shell exploded {_WHERE}. The cobbler and a boy of 13 who worked for him were killed.", 2),
    (f"The bombing {_WHERE} killed a patient who was being carried out, his brother and a cleaner.", 3),
    (f"A mine exploded {_WHERE} and killed the tractor's driver and the two farm hands on the trailer.", 3),
    (f"Gunmen killed three teachers, two drivers and a cook {_WHERE}.", 6),
    (f"Gunmen killed six: three teachers, two drivers and a cook, {_WHERE}.", 6),
    (f"Shells killed two civilians, a man and his daughter, {_WHERE}.", 2),
    (f"A father, mother and their three sons were killed by a shell {_WHERE}.", 5),
    (f"A couple were killed by a shell {_WHERE}.", 2),
    (
        f"Planes bombed a yard {_WHERE} and killed 11 relatives who had hidden there, seven children among them.",
        11,
    ),
    (f"The night watchman, aged 66, and a clerk died in the shelling {_WHERE}.", 2),
    (f"A blast {_WHERE} caused 42 casualties - 12 killed and 30 injured.", 12),
    (f"Militants seized eight farmers {_WHERE}, of whom five were killed.", 5),
    (f"An explosion {_WHERE} wounded 11 people, three of whom later died.", 3),
    (f"Gunmen hacked ten people to death {_WHERE}.", 10),
    (f"The shelling {_WHERE} cost a widow her life.", 1),
    (f"A guard passed away, becoming the third person to die from the grenade thrown {_WHERE}.", 3),
    (f"Shells hit a well {_WHERE}. The elders keep a list of the dead: eight people, of whom five were children.", 8),
    (f"An attack {_WHERE}: the minister counted 8 civilian fatalities.", 8),
    (f"Sami E., 29, died of wounds from the shelling {_WHERE}.", 1),
    (f"The strike {_WHERE} killed Rami E., 34, his wife Example, 30, and his uncle Someone, 62.", 3),
]
_INJURED = [
    (f"Two bombs fell {_WHERE}. The result: 3 martyrs (a man with his two daughters) and 8 wounded.", 8, 8),
    (f"Shelling {_WHERE}: two men killed, 22 and 30 years, and one boy injured.", 1, 1),
    (f"Shelling {_WHERE}: 7 killed 15+ wounded.", 15, None),
    (f"Gunfire {_WHERE} left 7 dead, all of them farmers, and 3 hurt.", 3, 3),
    (f"A car drove over a mine {_WHERE}; two women survived with amputations.", 2, 2),
    (f"Rockets fell {_WHERE}, killing six and wounding eleven, a regional official said.", 11, 11),
]


@pytest.mark.parametrize(("text", "number"), _KILLED)
def test_the_dead_of_a_list_are_counted_once_each(text: str, number: int) -> None:
    reading = RuleReader().read(Article(id="a", file="a.txt", sha256="", text=text), ())
    assert toll_of(reading.accounts, "killed") == Toll(minimum=number, maximum=number)


@pytest.mark.parametrize(("text", "low", "high"), _INJURED)
def test_the_injured_are_told_apart_from_the_dead_beside_them(text: str, low: int, high: int | None) -> None:
    reading = RuleReader().read(Article(id="a", file="a.txt", sha256="", text=text), ())
    assert toll_of(reading.accounts, "injured") == Toll(minimum=low, maximum=high)
