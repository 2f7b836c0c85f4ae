"""The invitation in words: for an email, a text message, or to be copied.

Facts: a text message with a character outside its small alphabet costs double, and a long one is
cut into several; so it is short and plain ASCII. Addresses of mail and of text messages are URLs
(RFC 6068, RFC 5724); phones disagree on how the text of a message is attached, and `?&body=` is
what all of them take.
"""

from __future__ import annotations

from urllib.parse import quote

from pywidget.domain.invitation import Invitation
from pywidget.domain.meeting import group_meeting_id
from pywidget.domain.wall_clock import format_briefly, format_wall_clock
from pywidget.words.words import Words


def write_topic(invitation: Invitation, words: Words) -> str:
    """Write the meeting's topic on one line, or what stands for it where there is none."""
    return invitation.topic or words.say("invitation.untitled")


def write_invitation(invitation: Invitation, words: Words) -> str:
    """Write the invitation as several lines of text."""
    lines = [write_topic(invitation, words), ""]
    if invitation.starts is not None:
        place = invitation.time_zone.replace("_", " ")
        when = format_wall_clock(invitation.starts)
        lines.append(words.say("invitation.when", when=when, place=place))
    lines.append(words.say("invitation.join", link=invitation.link.url))
    if invitation.link.meeting_id is not None:
        meeting_id = group_meeting_id(invitation.link.meeting_id)
        lines.append(words.say("invitation.meeting_id", meeting_id=meeting_id))
    if invitation.passcode is not None:
        lines.append(words.say("invitation.passcode", passcode=invitation.passcode.reveal()))
    return "\n".join(lines)


def write_text_message(invitation: Invitation, words: Words) -> str:
    """Write one short message."""
    link = invitation.link.url
    if invitation.starts is None:
        return words.say("invitation.text_message_untimed", link=link)
    when = format_briefly(invitation.starts)
    return words.say("invitation.text_message", when=when, link=link)


def build_mail_url(invitation: Invitation, address: str, words: Words) -> str:
    """Build a `mailto:` with subject and text, RFC 6068: CR LF between lines."""
    # Subject and address are headers: a line break in one would begin another.
    subject = " ".join(write_topic(invitation, words).split())
    address = "".join(address.splitlines())
    body = write_invitation(invitation, words).replace("\n", "\r\n")
    return f"mailto:{_quote(address, safe='@')}?subject={_quote(subject)}&body={_quote(body)}"


def build_text_message_url(invitation: Invitation, phone: str, words: Words) -> str:
    """Build an `sms:` with the short message."""
    number = "".join(character for character in phone if character in "+0123456789")
    return f"sms:{number}?&body={_quote(write_text_message(invitation, words))}"


def _quote(text: str, safe: str = "") -> str:
    """Half a surrogate pair, which a name can be cut into, has no encoding."""
    return quote(text, safe=safe, errors="replace")
