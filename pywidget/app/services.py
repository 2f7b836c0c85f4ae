"""What all widgets of a page share."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from pywidget.app.account import Account
from pywidget.app.meeting_keeper import MeetingKeeper
from pywidget.app.meeting_maker import MeetingMaker
from pywidget.app.ports import Clipboard, Clock, Navigation, Zones
from pywidget.app.presenter import Presenter
from pywidget.app.scheduler import Scheduler
from pywidget.app.session import Session
from pywidget.app.sign_in import SignIn
from pywidget.app.way import Way


@dataclass(frozen=True, slots=True)
class Services:
    """One of each for the whole page.

    `trusted_hosts` are hosts of join links beside Zoom's own. `writing` is held while the widget
    changes notes: what the field tells meanwhile is not the last word.
    """

    clock: Clock
    zones: Zones
    clipboard: Clipboard
    navigation: Navigation
    session: Session
    account: Account
    way: Way
    sign_in: SignIn
    scheduler: Scheduler
    maker: MeetingMaker
    keeper: MeetingKeeper
    presenter: Presenter
    trusted_hosts: frozenset[str]
    writing: asyncio.Lock = field(default_factory=asyncio.Lock)
