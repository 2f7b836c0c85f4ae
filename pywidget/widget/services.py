"""The services that all widgets of a page share."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from pywidget.connection.account import Account
from pywidget.connection.session import Session
from pywidget.connection.sign_in import SignIn
from pywidget.connection.way import Way
from pywidget.meetings.creation import Creation
from pywidget.meetings.day_list import DayList
from pywidget.meetings.hosted_meetings import HostedMeetings
from pywidget.meetings.hosting import Hosting
from pywidget.meetings.progress import Progress
from pywidget.meetings.registration import Registration
from pywidget.meetings.scheduler import Scheduler
from pywidget.meetings.tab_knowledge import TabKnowledge
from pywidget.meetings.twins import Twins
from pywidget.ports import Clipboard, Clock, Navigation, Zones
from pywidget.widget.model import ABLE, Abilities
from pywidget.widget.presenter import Presenter


@dataclass(frozen=True, slots=True)
class Services:
    """The services of the whole page, one of each.

    `trusted_hosts` are hosts of join links besides Zoom's own. `writing` is held while the widget
    changes notes: until it is free, the field's events are not the last word.
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
    knowledge: TabKnowledge
    creation: Creation
    day_list: DayList
    twins: Twins
    hosted_meetings: HostedMeetings
    progress: Progress
    registration: Registration
    hosting: Hosting
    presenter: Presenter
    trusted_hosts: frozenset[str]
    abilities: Abilities = ABLE
    writing: asyncio.Lock = field(default_factory=asyncio.Lock)

    def begin_page(self) -> None:
        """Continue a sign-in that the page left for, and ask the other tabs what they know."""
        self.sign_in.resume()
        self.session.ask_other_tabs()
        self.knowledge.ask_other_tabs()
