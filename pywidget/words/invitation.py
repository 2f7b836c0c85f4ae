"""The invitation in words: for an email, a text message, or to be copied.

Facts: a text message with a character outside its small alphabet costs double, and a long one is
cut into several; so it is short, and in English plain ASCII. Addresses of mail and of text messages
are URLs (RFC 6068, RFC 5724); phones disagree on how the text of a message is attached, and
`?&body=` is what all of them take.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from urllib.parse import quote

from pywidget.domain.invitation import Invitation
from pywidget.domain.meeting import group_meeting_id
from pywidget.domain.moment import Moment, TimeStyle
from pywidget.words.words import Words


def write_topic(invitation: Invitation, words: Words) -> str:
    """Write what the meeting is called on the client's side, on one line.

    That is the salon, if it has given its name: the topic names the client.
    """
    if invitation.business:
        return words.say("invitation.meeting_with", business=invitation.business)
    return invitation.topic or words.say("invitation.untitled")


def write_invitation(invitation: Invitation, words: Words) -> str:
    """Write the invitation as several lines of text."""
    link, passcode = invitation.link, invitation.passcode
    lines = [write_topic(invitation, words), "", *_write_times(invitation, words)]
    lines.append(words.say("invitation.join", link=link.url))
    if link.meeting_id is not None:
        meeting_id = group_meeting_id(link.meeting_id)
        lines.append(words.say("invitation.meeting_id", meeting_id=meeting_id))
    if passcode is not None:
        lines.append(words.say("invitation.passcode", passcode=passcode.reveal()))
    return "\n".join([*lines, *_write_dial_in(invitation, words), *_list_own_words(invitation)])


def _write_dial_in(invitation: Invitation, words: Words) -> Iterator[str]:
    """Write how to come in by telephone, where there is a number for the client."""
    if invitation.number:
        yield words.say("invitation.dial_in", number=invitation.number)
        if invitation.phone_passcode is not None:
            passcode = invitation.phone_passcode.reveal()
            yield words.say("invitation.phone_passcode", passcode=passcode)


def _list_own_words(invitation: Invitation) -> Iterator[str]:
    """List what the salon itself has to say, each on a line of its own, apart from the rest."""
    notice = invitation.recording_notice if invitation.is_recorded else ""
    if own := [each for each in (notice, invitation.note) if each]:
        yield from ("", *own)


def _write_times(invitation: Invitation, words: Words) -> Iterator[str]:
    """Write the time with its zone; the client's own first, where it is another one."""
    starts_at, client_zone = invitation.starts_at, invitation.client_zone
    if starts_at is None:
        return
    key = "invitation.when"
    for zone in filter(None, (client_zone, invitation.time_zone)):
        when = Moment(starts_at, zone=zone)
        yield words.say(key, when=when, zone=words.describe_zone(zone, starts_at))
        key = "invitation.when_here"


def write_text_message(invitation: Invitation, words: Words) -> str:
    """Write one short message."""
    link, starts_at = invitation.link.url, invitation.starts_at
    if starts_at is None:
        text = words.say("invitation.text_message_untimed", link=link)
    else:
        when = _write_brief_times(invitation, starts_at, words)
        text = words.say("invitation.text_message", when=when, link=link)
    if not invitation.business:
        return text
    return words.say("invitation.text_message_from", business=invitation.business, text=text)


def _write_brief_times(invitation: Invitation, starts_at: datetime, words: Words) -> str:
    """Write `Tue Nov 11 3:00 pm PT (Tue Nov 11 6:00 pm ET)`."""

    def write(zone: str) -> str:
        when = words.write_moment(Moment(starts_at, TimeStyle.BRIEF, zone))
        return f"{when} {words.describe_zone(zone, starts_at, is_short=True)}"

    here = write(invitation.time_zone)
    return f"{write(invitation.client_zone)} ({here})" if invitation.client_zone else here


def write_subject(invitation: Invitation, words: Words) -> str:
    """Write the subject of an email: a header, where a line break would begin another."""
    return " ".join(write_topic(invitation, words).split())


def clean_address(address: str) -> str:
    """Return the address as a header has it: on one line."""
    return "".join(address.splitlines())


def clean_number(phone: str) -> str:
    """Return the number as it is dialed: digits, and the plus of a country's code."""
    return "".join(character for character in phone if character in "+0123456789")


def build_mail_url(invitation: Invitation, address: str, words: Words) -> str:
    """Build a `mailto:` with subject and text, RFC 6068: CR LF between lines."""
    subject, address = write_subject(invitation, words), clean_address(address)
    body = write_invitation(invitation, words).replace("\n", "\r\n")
    return f"mailto:{_quote(address, safe='@')}?subject={_quote(subject)}&body={_quote(body)}"


def build_text_message_url(invitation: Invitation, phone: str, words: Words) -> str:
    """Build an `sms:` with the short message."""
    return f"sms:{clean_number(phone)}?&body={_quote(write_text_message(invitation, words))}"


def _quote(text: str, safe: str = "") -> str:
    """Half a surrogate pair, which a name can be cut into, has no encoding."""
    return quote(text, safe=safe, errors="replace")
