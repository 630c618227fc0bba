"""One tree of errors: each with its exit code, its builtin twin, and one line."""

from __future__ import annotations

import inspect

import pytest

from mapper import errors
from mapper.errors import EntryRefusedError, MapperError, Problem

CLASSES = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, Exception)]

# What the tree in the docstring says: exit code and builtin of each branch.
TREE = {
    "MapperError": (1, Exception),
    "InputError": (3, ValueError),
    "ArticleError": (3, ValueError),
    "LimitError": (3, ValueError),
    "GazetteerError": (4, ValueError),
    "EntryRefusedError": (4, ValueError),
    "GazetteerIndexError": (4, ValueError),
    "NetworkError": (4, OSError),
    "LookupFailedError": (4, OSError),
    "ServiceRefusedError": (4, OSError),
    "OutputError": (5, OSError),
}


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_each_error_stands_in_the_tree_with_its_code_and_twin(kind: type[MapperError]) -> None:
    code, twin = TREE[kind.__name__]
    assert kind.exit_code == code
    assert issubclass(kind, twin)
    assert issubclass(kind, MapperError)
    assert kind.__name__ in (errors.__doc__ or ""), "the docstring draws the tree"


def test_the_tree_is_complete() -> None:
    assert set(TREE) == {kind.__name__ for kind in CLASSES}


def test_a_refused_entry_gives_a_reason_for_each_field() -> None:
    refused = EntryRefusedError({"latitude": "is outside -90 to 90", "name": "is empty"})
    assert refused.reasons == {"latitude": "is outside -90 to 90", "name": "is empty"}
    assert str(refused) == "latitude: is outside -90 to 90; name: is empty"


def test_a_problem_is_one_line() -> None:
    assert str(Problem("sources.csv, row 3", "the file is not there; the row was left out")) == (
        "sources.csv, row 3: the file is not there; the row was left out"
    )
