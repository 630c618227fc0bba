"""The rooms, opened once for a run and handed what they need of one another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from mapper.console import Console
from mapper.errors import InputError, Problem
from mapper.incidents.located import Located, locate
from mapper.model import Account, Article, Extractor, PlaceContext, PlaceResolver, Reading, Resolution, ToponymFinder
from mapper.places.finding.finder import Finder
from mapper.places.gazetteer.entries import SOURCES
from mapper.places.gazetteer.layers import Gazetteer
from mapper.places.gazetteer.own import read_places
from mapper.places.resolving.resolver import Resolver
from mapper.reading.articles.loading import Received, read_articles
from mapper.reading.reader import RuleReader
from mapper.settings import Settings

if TYPE_CHECKING:
    from mapper.reading.articles.withheld import Withheld

OWN_FOLDER: Final = "gazetteer"
PLACES: Final = "places.csv"
IMPORTED: Final = "imported"
_CHECKOUT: Final = Path(__file__).resolve().parent.parent / OWN_FOLDER
_PACKAGED: Final = Path(__file__).resolve().parent / "gazetteer_data"

_SAME_SENTENCE: Final = 1.0
_SAME_ARTICLE: Final = 0.4
_SENTENCE_REACH: Final = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Toolchain:
    """What a run works with.

    Parameters
    ----------
    gazetteer : Gazetteer
        The layers, own places first.
    finder : ToponymFinder
        Finds place names in text.
    reader : Extractor
        Reads accounts of events.
    resolver : PlaceResolver
        Finds positions.
    withheld : Withheld or None
        Names that reach no output.
    console : Console
        Is told of problems.
    merge : bool
        Whether the accounts of several articles will be joined.
    """

    gazetteer: Gazetteer
    finder: ToponymFinder
    reader: Extractor
    resolver: PlaceResolver
    withheld: Withheld | None
    console: Console
    merge: bool = True

    def articles(self, paths: Sequence[Path], received: Callable[[Received], None] | None = None) -> Iterator[Article]:
        """Read articles one at a time, without the names that are withheld; `received` is told of each file."""
        for article in read_articles(paths, self.console.report, received=received):
            yield self.withheld.redact_article(article) if self.withheld else article

    def read(self, article: Article) -> tuple[Reading, PlaceContext]:
        """Read one article, and gather where it plays."""
        toponyms = self.finder.find(article.text)
        return self.reader.read(article, toponyms), self.resolver.context(toponyms)

    def locate(self, reading: Reading, context: PlaceContext) -> list[Located]:
        """Find the place of every account of an article.

        The places found first tell what lies nearby when the doubtful ones are
        looked up again, those of the same sentence most of all.
        """
        first = [self._resolve(account, context) for account in reading.accounts]
        found = [
            (account, resolution.longitude, resolution.latitude)
            for account, resolution in zip(reading.accounts, first, strict=True)
            if resolution.longitude is not None and resolution.latitude is not None
        ]
        settled = []
        for account, resolution in zip(reading.accounts, first, strict=True):
            again = resolution
            if resolution.status != "resolved" and account.place is not None:
                nearby = tuple(
                    (longitude, latitude, _nearness(account, other))
                    for other, longitude, latitude in found
                    if other is not account
                )
                if nearby:
                    again = self._resolve(account, replace(context, nearby=context.nearby + nearby))
            settled.append(again)
        return locate(reading, settled, joined=self.merge)

    def _resolve(self, account: Account, context: PlaceContext) -> Resolution:
        if account.place is None:
            return Resolution(status="not_found")
        return self.resolver.resolve(account.place, context)


def open_toolchain(settings: Settings, console: Console) -> Toolchain:
    """Open the gazetteer and the rooms.

    Raises
    ------
    GazetteerError
        A gazetteer cannot be read.
    InputError
        A setting names a file that is not there.
    """
    withheld = None
    if settings.withheld:
        from mapper.reading.articles.withheld import read_withheld

        withheld = read_withheld(settings.withheld)
        console.filter = withheld.redact
        if not len(withheld):
            console.report(Problem(str(settings.withheld), "holds no name, so that none is withheld."))
    own = settings.own
    if own is not None and not (own / PLACES).is_file() and not imported(own):
        console.report(Problem(str(own), f"there is no {PLACES} in it, so that the own gazetteer is empty."))
    gazetteer = open_gazetteer(settings, console)
    geocoder = None
    if settings.geocoder and not settings.offline:
        from mapper.places.geocoders import open_geocoder

        geocoder = open_geocoder(settings.geocoder, report=console.report)
    return Toolchain(
        gazetteer=gazetteer,
        finder=Finder(gazetteer),
        reader=RuleReader(),
        resolver=Resolver(gazetteer, geocoder=geocoder),
        withheld=withheld,
        console=console,
        merge=settings.merge,
    )


def open_gazetteer(settings: Settings, console: Console) -> Gazetteer:
    """Open the layers: own places, the files named, the world."""
    for path in settings.gazetteers:
        if not path.is_file():
            message = f"--gazetteer {path}: there is no such file."
            raise InputError(message)
    folder = own_folder(settings)
    own = read_places(folder, console.report)
    files = (*settings.gazetteers, *imported(folder))
    return Gazetteer.open(own, files, world=settings.world, report=console.report, progress=console.tell)


def read_besides(settings: Settings) -> list[Path]:
    """List the files that a run reads besides what it is given: none of them may be written over."""
    own = own_folder(settings)
    named = [path for path in (settings.judgements, settings.withheld) if path is not None]
    return [*settings.gazetteers, *named, own / PLACES, own / SOURCES, *imported(own)]


def imported(folder: Path) -> list[Path]:
    """List the compiled gazetteers that were imported beside the own one."""
    return sorted((folder / IMPORTED).glob("*.index"))


def own_folder(settings: Settings) -> Path:
    """Find the folder of the own gazetteer.

    Returns
    -------
    Path
        What the settings name; else ``gazetteer/`` in the working folder; else that
        of the checkout, or the copy which an installed package carries.
    """
    if settings.own is not None:
        return settings.own
    here = Path.cwd() / OWN_FOLDER
    for folder in (here, _CHECKOUT, _PACKAGED):
        if (folder / PLACES).is_file():
            return folder
    return here


def _nearness(account: Account, other: Account) -> float:
    """Weigh how near one account stands to another in the text."""
    apart = max(account.lead.start - other.lead.end, other.lead.start - account.lead.end, 0)
    return _SAME_SENTENCE if apart <= _SENTENCE_REACH else _SAME_ARTICLE
