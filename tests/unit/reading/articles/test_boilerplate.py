"""What is no report is marked; what may be a report is left alone."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.reading.articles.boilerplate import boilerplate_spans

REPORT = "A shell struck a bakery in the town of Exampleton on Tuesday, killing at least 12 people and wounding 30."

NO_REPORT = (
    "By Ann Example",
    "By Ann Example and Bo Sample in Gaziantep",
    "By Ann Example / Example Wire / Corrections",
    "BY STAFF WRITER",
    "Originally published at Example News",
    "First published by Example Wire, 3 May",
    "This article originally appeared in The Example Review.",
    "Republished with permission",
    "Photo: a street in Exampleton / Example Agency",
    "(Reporting by Ann Example; Editing by Bo Sample)",
    "Copyright 2017 Example Media. All rights reserved.",
    "(c) 2017 Example Media",
    "\u00a9 Example Media",
    "Read more: Strike kills 9 in Otherplace",
    "RELATED: Four dead after raid on Otherplace",
    "See also: What we know about the raid",
    "Share this: Facebook Twitter WhatsApp",
    "Subscribe to our newsletter",
    "We use cookies to improve this site.",
    "Tags: example, sample",
    "27 comments",
    "1,204 shares",
    "4 min read",
    "12",
    "* * *",
    "Last updated 12 March 2017, 10:15",
    "Leave a reply",
    "Since you\u2019re here\u2026",
    "We have a small favour to ask. Our journalism is free to read. For as little as $2 a month you can help fund it.",
    "Example News is reader-supported. Please donate today: 400 people have already given.",
)

REPORTS = (
    REPORT,
    "By Tuesday evening 14 bodies had been recovered.",
    "By dawn, residents said",
    "Sources: 14 killed in raid on Exampleton",
    "Source: hospital in Exampleton says five died",
    "Originally published figures of 14 killed were revised to 19 after bodies were found below the ruins.",
    "Donate blood, the hospital pleaded, after 40 wounded people were brought in.",
    "Residents asked for donations on Facebook for the families of the nine people killed.",
    "Read more than once, the statement by the army admits that its strike hit a school and killed 11 pupils, it said.",
    "In the north, nine people died.",
    "3 May: a strike on a farm",
    "Comments by the minister drew anger.",
    "Related families lived in both houses.",
    "The author of the strike is unknown.",
    "Share prices fell after the attack.",
)


@pytest.mark.parametrize("line", NO_REPORT)
@pytest.mark.parametrize("where", ["above", "below"])
def test_a_line_that_is_no_report_is_marked_whole(line: str, where: str) -> None:
    text = f"{line}\n\n{REPORT}" if where == "above" else f"{REPORT}\n\n{line}\n"
    assert [text[s.start : s.end] for s in boilerplate_spans(text)] == [line]


@pytest.mark.parametrize("line", REPORTS)
def test_a_report_is_never_marked(line: str) -> None:
    text = f"{REPORT}\n\n{line}\n\n{REPORT}"
    assert boilerplate_spans(text) == []


def test_the_words_on_the_author_are_marked_only_at_the_end() -> None:
    bio = "Ann Example is a freelance journalist based in Gaziantep who writes about the region."
    assert boilerplate_spans("\n\n".join([bio, *[REPORT] * 8])) == []
    text = "\n\n".join([*[REPORT] * 8, bio, "Follow her on @annexample"])
    assert [text[s.start : s.end] for s in boilerplate_spans(text)] == [bio, "Follow her on @annexample"]


def test_links_below_a_heading_are_marked_until_a_paragraph_begins() -> None:
    links = ["Related stories", "Nine killed in Otherplace", "Raid on a market leaves 20 dead"]
    text = "\n".join([REPORT, "", *links, "", REPORT])
    assert [text[s.start : s.end] for s in boilerplate_spans(text)] == links


def test_front_matter_is_marked() -> None:
    text = f"---\ntitle: Nine killed in Otherplace\n---\n{REPORT}"
    assert [text[s.start : s.end] for s in boilerplate_spans(text)] == ["---\ntitle: Nine killed in Otherplace\n---\n"]


def test_only_the_note_is_marked_in_a_long_paragraph() -> None:
    note = "Originally published in the Example Review."
    text = f"{note} {'The road to the north was open again and traders came back to the market square. ' * 6}"
    assert [text[s.start : s.end] for s in boilerplate_spans(text)] == [note]


@given(st.text(alphabet=st.sampled_from("aB \n\r\t.:@-'\u2019\u00a02by\u0130"), max_size=300))
def test_spans_lie_in_the_text_in_order_and_apart(text: str) -> None:
    spans = boilerplate_spans(text)
    assert all(0 <= s.start < s.end <= len(text) for s in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))


@pytest.mark.parametrize(
    "piece", ["by ", "Ann Example is ", "1,000", "|-", "@a ", "read more\n", "a\n", "---\na: b\n", "\u2026"]
)
def test_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    def seconds(length: int) -> float:
        text = (piece * length)[:length]
        begin = time.process_time()
        boilerplate_spans(text)
        return time.process_time() - begin

    assert min(seconds(100_000) for _ in range(2)) < 1
