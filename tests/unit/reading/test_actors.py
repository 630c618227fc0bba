"""Who is said to have done it: the party that did, is blamed, owns or denies; never who suffered or reported it."""

from __future__ import annotations

import pytest

from mapper.model import Article
from mapper.reading.reader import RuleReader

_SAID = [
    (
        (
            "Gunmen attacked a village near Examplia on Friday night, killing 12 people. Police "
            "spokesman Omar Sane confirmed the attack."
        ),
        {"armed men:reported"},
    ),
    ("Gunmen on motorcycles killed six farmers near Examplia on Sunday.", {"armed men:reported"}),
    (
        (
            "A drone struck a market in Examplia on Monday, killing 31 people. The Rapid Support "
            "Forces blamed the army, which did not comment."
        ),
        {"government forces:suspected"},
    ),
    (
        "A drone struck a market in Examplia on Monday, killing 31 people. Residents blamed the Rapid Support Forces.",
        {"Rapid Support Forces:suspected"},
    ),
    (
        (
            "A drone struck a market in Examplia on Monday, killing 31 people. The Houthis "
            "accused the Saudi-led coalition of carrying out the strike."
        ),
        {"Saudi-led coalition:suspected"},
    ),
    (
        (
            "An explosion at a mosque in Examplia on Monday killed 31 people. Islamic State "
            "claimed responsibility for the attack."
        ),
        {"Islamic State:claimed"},
    ),
    (
        (
            "An explosion at a mosque in Examplia on Monday killed 31 people. No group has "
            "claimed responsibility, but officials suspect Boko Haram."
        ),
        {"Boko Haram:suspected"},
    ),
    (
        (
            "Shelling killed five civilians in Examplia on Monday. The Israeli military said it "
            "had struck a militant position in the area."
        ),
        {"Israeli forces:acknowledged"},
    ),
    (
        (
            "An air strike killed five civilians in Examplia on Monday. The US military "
            "acknowledged the strike and said it was assessing reports of civilian harm."
        ),
        {"US forces:acknowledged"},
    ),
    (
        "An air strike killed five civilians in Examplia on Monday. Russia denied that its planes had bombed the town.",
        {"Russian forces:denied"},
    ),
    ("Five civilians were killed by Syrian army shelling in Examplia on Monday.", {"Syrian government:reported"}),
    (
        (
            "Five civilians were killed in Examplia on Monday in a strike that residents said was "
            "carried out by Turkish drones."
        ),
        {"Turkish forces:reported"},
    ),
    ("A suspected Israeli strike killed five people in Examplia on Monday.", {"Israeli forces:suspected"}),
    ("Fighters of the M23 rebel group shot dead nine people in Examplia on Monday.", {"M23:reported"}),
    ("Suspected Islamist militants killed nine people in Examplia on Monday.", {"militants:suspected"}),
    ("Soldiers opened fire on protesters in Examplia on Monday, killing nine people.", {"soldiers:reported"}),
    (
        "The Myanmar military bombed a school in Examplia on Monday, killing nine children.",
        {"Myanmar military:reported"},
    ),
    (
        "Junta jets bombed a school in Examplia on Monday, killing nine children, the National Unity Government said.",
        {"Myanmar military:reported"},
    ),
    (
        (
            "A Russian missile hit an apartment block in Examplia on Wednesday, killing three "
            "people, the Ukrainian military said."
        ),
        {"Russian forces:reported"},
    ),
    (
        "Clashes between the army and the Rapid Support Forces killed 12 civilians in Examplia on Monday.",
        {"Rapid Support Forces:reported", "government forces:reported"},
    ),
    ("The bodies of 12 people killed by the gang were found in Examplia on Monday.", {"armed men:reported"}),
    (
        "Assailants armed with machetes killed 12 people in Examplia on Monday; the army blamed CODECO fighters.",
        {"CODECO:suspected", "armed men:reported"},
    ),
    ("A landmine left by Islamic State killed two children in Examplia on Monday.", {"Islamic State:reported"}),
    (
        "Settlers shot dead a Palestinian farmer in Examplia on Monday, the Palestinian health ministry said.",
        {"settlers:reported"},
    ),
    ("An Israeli soldier shot and killed a 14-year-old boy in Examplia on Monday.", {"Israeli forces:reported"}),
    ("A man was killed by Israeli gunfire in Examplia on Monday.", {"Israeli forces:reported"}),
    (
        "Ukrainian shelling killed a woman in Examplia on Monday, the Russian-installed mayor said.",
        {"Ukrainian forces:reported"},
    ),
    (
        "The army denied involvement in the shelling, which killed four people in Examplia on Monday.",
        {"government forces:denied"},
    ),
    (
        "A Ukrainian drone attack on a Russian border village, Examplia, killed two people on Monday.",
        {"Ukrainian forces:reported"},
    ),
    ("An Israeli strike on a Hezbollah office in Examplia killed two people on Monday.", {"Israeli forces:reported"}),
    (
        "Ten people were killed in Examplia on Monday. The army said the attack was carried out by rebels.",
        {"militants:reported"},
    ),
    ("Gunmen ambushed a convoy of Nigerian soldiers near Examplia on Monday, killing nine.", {"armed men:reported"}),
    (
        "Nigerian soldiers arrived hours after the attack on Examplia, in which bandits killed nine people on Monday.",
        {"armed men:reported"},
    ),
    (
        "Two people were killed in Examplia on Monday when police fired tear gas and live rounds at a crowd.",
        {"police:reported"},
    ),
    ("Two men were shot dead by police in Examplia on Monday.", {"police:reported"}),
    (
        "Russian warplanes backing the Syrian army bombed Examplia on Monday, killing eight.",
        {"Russian forces:reported"},
    ),
    (
        "The attack on Examplia on Monday, which killed eight people, came a day after Israel bombed the capital.",
        {"Israeli forces:reported"},
    ),
    ("Rebels shelled Examplia on Monday, killing two; government forces returned fire.", {"militants:reported"}),
    ("Nine people died in Examplia on Monday in an attack blamed on the Allied Democratic Forces.", {"ADF:suspected"}),
    (
        "Nine people died in Examplia on Monday in an attack that the authorities attributed to al-Shabaab.",
        {"Al-Shabaab:suspected"},
    ),
    ("Nine people died in Examplia on Monday in fighting between rival gangs.", {"armed men:reported"}),
    (
        "Nine Nigerian soldiers and four villagers were killed when bandits attacked Examplia on Monday.",
        {"armed men:reported"},
    ),
    ("Government forces retook Examplia on Monday after rebels killed nine villagers.", {"militants:reported"}),
    (
        "In Examplia on Monday nine people died when fighters loyal to the Houthis shelled a market.",
        {"Houthi forces:reported"},
    ),
    ("Israeli forces raided Examplia at dawn on Monday and shot dead two men.", {"Israeli forces:reported"}),
    ("Two men were killed on Monday in Examplia during an Israeli army raid.", {"Israeli forces:reported"}),
    (
        "Russian and Syrian government warplanes bombed Examplia on Monday, killing nine.",
        {"Russian forces:reported", "Syrian government:reported"},
    ),
    (
        (
            "Nine people were killed in Examplia on Monday in an air strike the Saudi-led "
            "coalition acknowledged carrying out."
        ),
        {"Saudi-led coalition:acknowledged"},
    ),
    (
        (
            "The US-led coalition said on Tuesday its aircraft had carried out a strike in "
            "Examplia on Monday in which eight civilians died."
        ),
        {"US-led coalition:acknowledged"},
    ),
    (
        "Taliban militants killed eight members of a family in Examplia on Monday; the Taliban denied responsibility.",
        {"Taliban:reported"},
    ),
    ("A grenade thrown by unknown attackers killed a woman in Examplia on Monday.", {"unknown:reported"}),
]
_NOT_SAID = [
    "An explosion at a mosque in Examplia on Monday killed 31 people. No group claimed responsibility.",
    "Israeli police said that a rocket fired from Gaza killed a man in Examplia on Monday.",
    "A car bomb killed 12 people in Examplia on Monday, Iraqi police said.",
    "A strike on Examplia on Monday killed two children. It was not clear who was behind the attack.",
    "Three police officers were killed in an attack on a checkpoint in Examplia on Monday.",
    "Four Islamic State fighters and two children were killed in an air strike in Examplia on Monday.",
    "An Israeli woman was killed in a rocket attack on Examplia on Monday.",
    "A Russian journalist was wounded by shelling in Examplia on Monday.",
    "Five civilians were killed in an air strike in Examplia on Monday. The United States condemned the attack.",
    "Five civilians were killed in an air strike in Examplia on Monday. Police were investigating the attack.",
    "A blast in Examplia on Monday killed two Turkish soldiers and a child.",
    "Two children were killed in shelling of Examplia, a town held by the Syrian Democratic Forces, on Monday.",
    "Police found the bodies of nine people shot dead in Examplia on Monday.",
    "An American aid worker was killed in Examplia on Monday when an explosive device went off.",
    "A Syrian refugee and her two children were killed in a bombing in Examplia on Monday.",
    "An explosive device killed three police officers in Examplia on Monday, police said.",
    "Witnesses said men in army uniform had shot dead nine people in Examplia on Monday.",
    "The Syrian government said that terrorists had shelled Examplia on Monday, killing nine.",
    "Two men were killed on Monday in Examplia as Israeli forces withdrew.",
]


def said(text: str) -> set[str]:
    """Return ``name:stance`` of each actor claim of the first account in a text."""
    reading = RuleReader().read(Article(id="a", file="a.txt", sha256="", text=text, published="2026-04-16"), ())
    claims = (c for account in reading.accounts[:1] for c in account.claims)
    return {f"{c.value}:{c.detail['stance']}" for c in claims if c.kind == "actor"}


@pytest.mark.parametrize(("text", "actors"), _SAID)
def test_a_party_is_an_actor_as_surely_as_the_words_say(text: str, actors: set[str]) -> None:
    assert said(text) == actors


@pytest.mark.parametrize("text", _NOT_SAID)
def test_who_suffers_reports_condemns_or_investigates_did_nothing(text: str) -> None:
    reading = RuleReader().read(Article(id="a", file="a.txt", sha256="", text=text, published="2026-04-16"), ())
    assert reading.accounts
    assert said(text) == set()


def test_who_killed_others_elsewhere_is_no_actor_of_this_event() -> None:
    text = (
        "An air strike killed four people in Examplia on Monday, medics said. "
        "The war began when gunmen killed 900 people two years ago."
    )
    assert "armed men:reported" not in said(text)


def test_a_strike_by_a_drone_is_a_drone_strike() -> None:
    text = "A drone struck a market in Examplia on Monday, killing three people."
    reading = RuleReader().read(Article(id="a", file="a.txt", sha256="", text=text, published="2026-04-16"), ())
    assert [a.event_type for a in reading.accounts] == ["drone strike"]


def test_a_party_named_inside_a_dash_is_not_the_subject_beyond_it() -> None:
    text = (
        "A US strike on a house in Examplia - which the army wants to retake from rebels - killed eight on 3 May 2020."
    )
    assert said(text) == {"US forces:reported"}
