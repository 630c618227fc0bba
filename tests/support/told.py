"""What a text of one event counts, as ranges: for tests of how tolls are read."""

from __future__ import annotations

from mapper.incidents.building import toll_of
from mapper.model import Article, Toll
from mapper.reading.reader import RuleReader

SHELL = "A shell hit a yard in the village of Exampleville on 3 May 2020."
"""An event that counts nobody: what is said next counts for it."""


def counted(text: str) -> dict[str, Toll]:
    """Return who was killed and injured, and who of the dead were women, children and men.

    Parameters
    ----------
    text : str
        Of one event.
    """
    article = Article(id="a", file="a.txt", sha256="", text=text, published="2020-05-05")
    (account,) = RuleReader().read(article, ()).accounts
    parts = {of: toll_of([account], "killed", of) for of in ("women", "children", "men")}
    return {"killed": toll_of([account], "killed"), "injured": toll_of([account], "injured")} | parts
