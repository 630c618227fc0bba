"""Folding in helpers: the same keys as here, also when a helper dies."""

from __future__ import annotations

from mapper.places.index.folding import Columns, Folders, columns_of

PLACES = [["Tell Sample", "تل سامبل", "tell-sample"], ["!?"], ["São Paulo", *(f"Alias {n}" for n in range(99))], [""]]


def as_bytes(columns: Columns) -> list[bytes]:
    return [getattr(columns, name).tobytes() for name in Columns.__slots__]


def test_helpers_fold_as_this_process_does() -> None:
    with Folders(2) as folders:
        answers = [folders.fold(PLACES) for _ in range(5)]
        assert {tuple(as_bytes(answer.result())) for answer in answers} == {tuple(as_bytes(columns_of(PLACES)))}
    with Folders(0) as none:
        assert as_bytes(none.fold(PLACES).result()) == as_bytes(columns_of(PLACES))


def test_the_work_of_a_dead_helper_is_done_here() -> None:
    with Folders(1) as folders:
        for helper in folders._helpers:
            helper.kill()
            helper.wait()
        assert as_bytes(folders.fold(PLACES).result()) == as_bytes(columns_of(PLACES))


def test_a_name_that_repeats_in_its_place_is_kept_once() -> None:
    columns = columns_of(PLACES)
    assert columns.places[:2].tolist() == [0, 0]
    assert columns.positions[:2].tolist() == [0, 1]
    assert bytes(columns.sounds).startswith(b"talsambla\ntalsambl\n")
