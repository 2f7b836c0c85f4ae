"""How coverage is added up by room."""

from __future__ import annotations

from tests.coverage_by_room import (
    BESIDE,
    PACKAGE,
    TOTAL,
    Tally,
    find_low,
    find_room,
    read_files,
    sum_rooms,
    write_table,
)


def test_a_room_is_the_folder_right_below_the_package() -> None:
    assert find_room(PACKAGE / "zoom" / "pkce.py") == "zoom"
    assert find_room(PACKAGE / "zoom" / "deeper" / "pkce.py") == "zoom"
    assert find_room(PACKAGE / "main.py") == BESIDE


def test_the_files_of_a_room_are_added_up_and_all_of_them_come_last() -> None:
    files = [
        (PACKAGE / "zoom" / "pkce.py", Tally(10, 10)),
        (PACKAGE / "domain" / "query.py", Tally(4, 1)),
        (PACKAGE / "zoom" / "rest.py", Tally(30, 20)),
    ]
    rooms = sum_rooms(files)
    assert rooms == {"domain": Tally(4, 1), "zoom": Tally(40, 30), TOTAL: Tally(44, 31)}
    assert list(rooms)[-1] == TOTAL


def test_the_table_says_the_share_and_what_was_not_run() -> None:
    assert list(write_table({"zoom": Tally(40, 30), "ui": Tally()})) == [
        "zoom   75.0 %     10 not run",
        "ui    100.0 %      0 not run",
    ]


def test_a_room_with_one_line_too_few_is_named() -> None:
    whole = {"domain": Tally(9, 9), "zoom": Tally(9, 9), "ui": Tally(9, 1), TOTAL: Tally(100, 95)}
    assert find_low(whole) == []
    assert find_low({**whole, "zoom": Tally(1000, 999)}) == ["zoom"]
    assert find_low({**whole, TOTAL: Tally(1000, 949)}) == [TOTAL]


def test_statements_and_branches_both_count() -> None:
    summary = {
        "num_statements": 10,
        "covered_lines": 8,
        "num_branches": 4,
        "covered_branches": 1,
    }
    report = {"files": {"pywidget/zoom/pkce.py": {"summary": summary}}}
    assert list(read_files(report)) == [(PACKAGE / "zoom" / "pkce.py", Tally(14, 9))]
