"""Folding in helpers: the same keys as here, also when a helper dies."""

from __future__ import annotations

from mapper.places.index.folding import Columns, Folder, Folders
from mapper.places.index.format import NAME_END, check_of, packed, sum_of
from mapper.places.names.keys import fold

NAMES = [["Tell Sample", "تل سامبل", "tell-sample"], ["!?"], ["São Paulo", *(f"Alias {n}" for n in range(199))], [""]]
PLACES = [NAME_END.join(names) for names in NAMES]


def as_bytes(columns: Columns) -> list[bytes]:
    return [getattr(columns, name).tobytes() for name in Columns.__slots__]


def test_helpers_fold_as_this_process_does() -> None:
    with Folders(2) as folders:
        answers = [folders.fold(PLACES) for _ in range(5)]
        assert {tuple(as_bytes(answer.result())) for answer in answers} == {
            tuple(as_bytes(Folder().columns_of(PLACES)))
        }
    with Folders(0) as none:
        assert as_bytes(none.fold(PLACES).result()) == as_bytes(Folder().columns_of(PLACES))


def test_the_work_of_a_dead_helper_is_done_here() -> None:
    with Folders(1) as folders:
        folders.fold(PLACES).result()
        for helper in folders._helpers:
            helper.kill()
            helper.wait()
        assert as_bytes(folders.fold(PLACES).result()) == as_bytes(Folder().columns_of(PLACES))


def test_a_name_that_repeats_in_its_place_is_kept_once() -> None:
    columns = Folder().columns_of(PLACES)
    assert columns.places[:2].tolist() == [0, 0]
    assert columns.positions[:2].tolist() == [0, 1]
    assert bytes(columns.sounds).startswith(b"talsambla\ntalsambl\n")


def test_names_fold_together_as_each_does_alone() -> None:
    columns = Folder().columns_of(PLACES)
    expected, bares = [], []
    for number, names in enumerate(NAMES):
        plains = [fold(name).plain for name in names]
        for position, name in enumerate(names):
            keys = fold(name)
            if keys.plain and keys.plain not in plains[:position]:
                expected.append((number, min(position, 127), keys.sound, packed(keys.skeleton), sum_of(keys.plain)))
                bares.append(check_of(keys.name))
    sounds = bytes(columns.sounds).decode().splitlines()
    skeletons, checks = columns.skeletons.tolist(), columns.checks.tolist()
    places, positions = columns.places.tolist(), columns.positions.tolist()
    assert list(zip(places, positions, sounds, skeletons, checks, strict=True)) == expected
    assert columns.bares.tolist() == bares
    assert len(set(columns.hashes.tolist())) == len(set(sounds))
