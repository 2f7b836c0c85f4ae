"""The joint of all parts: the ports and the settings become the services that widgets use."""

from __future__ import annotations

from pywidget.connection.account import Account
from pywidget.connection.attempt_store import AttemptStore
from pywidget.connection.last_end import LastEnd
from pywidget.connection.session import Session
from pywidget.connection.sign_in import SignIn
from pywidget.connection.tab_messages import TabMessages
from pywidget.connection.token_store import TokenStore
from pywidget.connection.way import Way
from pywidget.connection.zoom_client import ZoomClient
from pywidget.meetings.completion import Completion
from pywidget.meetings.creation import Creation
from pywidget.meetings.day_list import DayList
from pywidget.meetings.hosted_meetings import HostedMeetings
from pywidget.meetings.hosted_store import HostedStore
from pywidget.meetings.hosting import Hosting
from pywidget.meetings.intent_store import IntentStore
from pywidget.meetings.progress import Progress
from pywidget.meetings.recovery import Recovery
from pywidget.meetings.registration import Registration
from pywidget.meetings.scheduler import Scheduler
from pywidget.meetings.tab_knowledge import TabKnowledge
from pywidget.meetings.twins import Twins
from pywidget.ports import Ports
from pywidget.settings import Settings
from pywidget.widget.model import Abilities
from pywidget.widget.presenter import Presenter
from pywidget.widget.services import Services


def assemble(ports: Ports, settings: Settings) -> Services:
    """Join the parts that all widgets of a page share."""
    clock, zones, messages = ports.clock, ports.zones, TabMessages(ports.tabs)
    hosted = HostedStore(
        ports.origin_storage if settings.remembers_in_browser else ports.tab_storage
    )
    session = Session(
        settings=settings,
        transport=ports.transport,
        clock=clock,
        locks=ports.locks,
        randomness=ports.randomness,
        messages=messages,
        tokens=TokenStore(ports.tab_storage, LastEnd(ports.origin_storage)),
    )
    client = ZoomClient(
        endpoints=settings.endpoints,
        transport=ports.transport,
        clock=clock,
        randomness=ports.randomness,
        session=session,
    )
    account = Account(client, session)
    way = Way(endpoints=settings.endpoints, transport=ports.transport, clock=clock, session=session)
    sign_in = SignIn(
        settings=settings,
        windows=ports.windows,
        navigation=ports.navigation,
        transport=ports.transport,
        clock=clock,
        randomness=ports.randomness,
        session=session,
        attempts=AttemptStore(ports.tab_storage),
        way=way,
    )
    knowledge = TabKnowledge(
        messages=messages,
        intents=IntentStore(ports.tab_storage),
        hosted=hosted,
        trusted_hosts=settings.endpoints.trusted_hosts,
    )
    day_list = DayList(client, session, clock)
    scheduler = Scheduler(client, session, clock, zones)
    registration = Registration(client, session, account, is_allowed=settings.registers_clients)
    hosted_meetings = HostedMeetings(client=client, session=session, account=account, hosted=hosted)
    hosting = Hosting(client, account, hosted_meetings)
    creation = Creation(
        topic=settings.topic,
        client=client,
        clock=clock,
        locks=ports.locks,
        scheduler=scheduler,
        registration=registration,
        hosting=hosting,
        completion=Completion(scheduler=scheduler, registration=registration, hosted=hosted),
        recovery=Recovery(
            client=client, session=session, clock=clock, zones=zones, has_other=knowledge.has_other
        ),
        knowledge=knowledge,
    )
    return Services(
        clock=clock,
        zones=zones,
        clipboard=ports.clipboard,
        navigation=ports.navigation,
        session=session,
        account=account,
        way=way,
        sign_in=sign_in,
        scheduler=scheduler,
        knowledge=knowledge,
        creation=creation,
        day_list=day_list,
        twins=Twins(
            client=client,
            day_list=day_list,
            session=session,
            clock=clock,
            is_known_to_anyone=knowledge.is_known_to_anyone,
            may_belong_to_others=knowledge.may_belong_to_others,
        ),
        hosted_meetings=hosted_meetings,
        hosting=hosting,
        progress=Progress(client, clock),
        registration=registration,
        presenter=Presenter(
            clock,
            zones,
            settings.business,
            note=settings.invitation_note,
            recording_notice=settings.recording_notice,
        ),
        trusted_hosts=settings.endpoints.trusted_hosts,
        abilities=Abilities(
            sends_texts=settings.host_sends or ports.navigation.sends_texts,
            registers_clients=settings.registers_clients,
        ),
    )
