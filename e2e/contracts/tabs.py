"""`ports.Tabs`: a message of one tab reaches all others, a little later."""

from __future__ import annotations

from typing import Protocol

from pywidget.ports import Tabs


class Bench(Protocol):
    tabs: Tabs
    others: list[Tabs]  # two more tabs of this origin

    def shout(self) -> None:
        """Send something other than text over the same channel, from another page of the origin."""

    async def wait(self) -> None:
        """Wait until every message sent so far has arrived."""


class _Ears:
    def __init__(self, tabs: Tabs) -> None:
        self.heard: list[str] = []
        tabs.listen(self.heard.append)


async def check_every_other_tab_hears_and_nobody_hears_themselves(bench: Bench) -> None:
    mine, *others = (_Ears(tabs) for tabs in (bench.tabs, *bench.others))
    bench.tabs.tell("one")
    await bench.wait()
    assert (mine.heard, [ears.heard for ears in others]) == ([], [["one"], ["one"]])


async def check_it_is_heard_later_and_never_in_the_middle_of_something(bench: Bench) -> None:
    ears = _Ears(bench.others[0])
    bench.tabs.tell("one")
    assert ears.heard == []
    await bench.wait()
    assert ears.heard == ["one"]


async def check_what_is_told_first_is_heard_first(bench: Bench) -> None:
    ears = _Ears(bench.others[0])
    texts = [str(number) for number in range(20)]
    for text in texts:
        bench.tabs.tell(text)
    await bench.wait()
    assert ears.heard == texts


async def check_any_text_arrives_as_it_was(bench: Bench) -> None:
    ears = _Ears(bench.others[0])
    texts = ["", "null", '{"kind": "x"}', "ünï\u2028 \U0001f9d6 \x00", "x" * 100_000]
    for text in texts:
        bench.tabs.tell(text)
    await bench.wait()
    assert ears.heard == texts
    assert all(type(text) is str for text in ears.heard)


async def check_what_was_told_before_is_not_heard(bench: Bench) -> None:
    bench.tabs.tell("early")
    await bench.wait()
    ears = _Ears(bench.others[0])
    await bench.wait()
    assert ears.heard == []


async def check_all_who_listen_in_a_tab_hear(bench: Bench) -> None:
    first, second = _Ears(bench.others[0]), _Ears(bench.others[0])
    bench.tabs.tell("one")
    await bench.wait()
    assert first.heard == second.heard == ["one"]


async def check_an_answer_is_heard_by_whoever_asked(bench: Bench) -> None:
    asking = _Ears(bench.tabs)
    bench.others[0].listen(lambda text: bench.others[0].tell(f"answer to {text}"))
    bench.tabs.tell("question")
    await bench.wait()
    assert asking.heard == ["answer to question"]


async def check_what_is_no_text_is_not_heard(bench: Bench) -> None:
    ears = _Ears(bench.tabs)
    bench.shout()
    bench.others[0].tell("a text")
    await bench.wait()
    assert ears.heard == ["a text"]
