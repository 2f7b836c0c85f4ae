"""Which links are join links, what is kept of them, and how they are found in prose."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pywidget.domain.join_link import (
    LONGEST_VALUE,
    JoinLink,
    LinkKind,
    find_join_links,
    is_trusted_host,
    parse_join_link,
)

CLIENT_LINK = "https://us02web.zoom.us/j/86012345678?pwd=Q2x"


def parsed(url: str, *trusted_hosts: str) -> JoinLink:
    link = parse_join_link(url, frozenset(trusted_hosts))
    assert link is not None, url
    return link


def found_in(text: str) -> list[str]:
    """Return the places of the links in the text, as text."""
    return [text[start:end] for start, end, _ in find_join_links(text)]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (CLIENT_LINK, JoinLink("us02web.zoom.us", LinkKind.JOIN, "86012345678", "Q2x")),
        ("https://zoom.us/j/123456789", JoinLink("zoom.us", LinkKind.JOIN, "123456789")),
        (
            "https://zoom.us/w/86012345678?tk=aB-_.9&pwd=Q2x",
            JoinLink("zoom.us", LinkKind.REGISTRANT, "86012345678", "Q2x", "aB-_.9"),
        ),
        (
            "https://salon.zoom.us/my/dana.lee?pwd=1",
            JoinLink("salon.zoom.us", LinkKind.PERSONAL, "dana.lee", "1"),
        ),
    ],
)
def test_each_kind_of_join_link_is_read_and_written_back(url: str, expected: JoinLink) -> None:
    assert parse_join_link(url) == expected
    assert expected.url == url


@pytest.mark.parametrize(
    "host",
    [
        *("zoom.us", "us02web.zoom.us", "a.b.zoom.us", "x.zoomgov.com", "x.zoom.com.cn"),
        "salon.zoom.com",
    ],
)
def test_zooms_hosts_and_their_subdomains_are_kept_as_given(host: str) -> None:
    assert parsed(f"https://{host}/j/123456789").host == host


@pytest.mark.parametrize(
    "url",
    [
        "http://zoom.us/j/123456789",
        "//zoom.us/j/123456789",
        "zoom.us/j/123456789",
        "javascript:https://zoom.us/j/123456789",
        "zoommtg://zoom.us/j/123456789",
        "http\u017f://zoom.us/j/123456789",  # long s, an "s" to those who ignore case
        "https:/zoom.us/j/123456789",
        "https:\\\\zoom.us\\j\\123456789",
    ],
)
def test_only_https_is_a_join_link(url: str) -> None:
    assert parse_join_link(url) is None


@pytest.mark.parametrize(
    "host",
    [
        "zoom.us@evil.com",
        "zoom.us:pw@evil.com",
        "dana@zoom.us",
        "evil.com#@zoom.us",
        "evil.com\\@zoom.us",
        "evil.com\\.zoom.us",
        "evil.com/.zoom.us",
        "evil.com?.zoom.us",
        "zoom.us\\@evil.com",
        "zoom.us.evil.com",
        "evilzoom.us",
        "evil-zoom.us",
        "zoom.us:8443",
        "zoom.us:80",
        "zoom.us:0443",
        "zoom.us:443:443",
        "zoom.us:",
        "zoom.us.",
        ".zoom.us",
        "a..zoom.us",
        "-.zoom.us",
        "zoom.com",
        "com.cn",
        "us",
        "z\u043e\u043em.us",  # Cyrillic
        "xn--zm-0ia0a.us",
        "xn--a.zoom.us",  # no browser can decode it
        "evil.com\u3002zoom.us",  # a full stop to those who normalise
        "zoom\u3002us",
        "zoom.us\u2044@evil.com",
        "\uff5aoom.us",
        "zo\u00adom.us",
        "zoom.us\t",
        "zoom.us\n",
        " zoom.us",
        "%7aoom.us",
        "",
        "[::1]",
        "127.0.0.1",
    ],
)
def test_a_host_that_only_looks_like_zooms_is_refused(host: str) -> None:
    assert parse_join_link(f"https://{host}/j/123456789") is None
    assert host not in [link.host for _, _, link in find_join_links(f"https://{host}/j/123456789")]


@pytest.mark.parametrize(
    "path",
    [
        "/s/86012345678?zak=secret",
        "/wc/86012345678/join",
        "/wc/join/86012345678",
        "/u/kdTQtyzJR",
        "/j/12345678",
        "/j/123456789012",
        "/j/860%201234%205678",
        "/j/860 1234 5678",
        "/j/\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669",  # digits, to str.isdigit
        "/j/dana.lee",
        "/J/123456789",
        "/j/123456789/s/1",
        "/j/../s/123456789",
        "/j//123456789",
        "//j/123456789",
        "/x/../j/123456789",
        "/j/123456789\\..\\..\\s\\123456789",
        "/j/123456789;x",
        "/j/123456789&pwd=1",
        "/j/",
        "/j",
        "/my/",
        "/my/.",
        "/my/..",
        "/my/a/b",
        "/my/" + "a" * 65,
        "/",
        "",
    ],
)
def test_a_path_that_does_not_let_a_client_in_is_refused(path: str) -> None:
    assert parse_join_link(f"https://zoom.us{path}") is None


@pytest.mark.parametrize(
    "rest",
    [*(" ", "\n", "\r", "\t", "\0", "\x7f", "<", ">", '"', "\\", " x", "\x85", "\u2028", "\ud800")],
)
@pytest.mark.parametrize(
    "url", ["https://zoom.us/j/123456789", f"{CLIENT_LINK}", f"{CLIENT_LINK}#"]
)
def test_a_url_with_characters_that_parsers_disagree_on_is_refused(url: str, rest: str) -> None:
    assert parse_join_link(url + rest) is None
    assert parse_join_link(rest + url) is None


def test_a_registrants_link_needs_its_ticket() -> None:
    assert parse_join_link("https://zoom.us/w/123456789") is None
    assert parse_join_link("https://zoom.us/w/123456789?tk=&pwd=1") is None
    with pytest.raises(ValueError, match="needs its tk"):
        JoinLink("zoom.us", LinkKind.REGISTRANT, "123456789", "1")


def test_what_does_not_help_the_client_in_is_dropped() -> None:
    noisy = "HTTPS://US02Web.Zoom.US:443/j/86012345678/?uname=D&zak=Z&pwd=Q2x&_x_zm_rtaid=1#success"
    assert parsed(noisy).url == CLIENT_LINK
    assert [link.url for _, _, link in find_join_links(f"Join: {noisy}.")] == [CLIENT_LINK]


def test_the_order_of_the_parameters_is_always_the_same() -> None:
    assert parsed("https://zoom.us/w/123456789?pwd=p&tk=t").url.endswith("?tk=t&pwd=p")


def test_the_first_of_two_passcodes_wins() -> None:
    assert parsed("https://zoom.us/j/123456789?pwd=a&pwd=b").passcode == "a"


def test_an_empty_passcode_is_none() -> None:
    assert parsed("https://zoom.us/j/123456789?pwd=&x").passcode is None


@pytest.mark.parametrize("ampersand", ["&amp;", "&amp;amp;", "&&", "&"])
def test_escaped_ampersands_still_separate_parameters(ampersand: str) -> None:
    link = parsed(f"https://zoom.us/w/123456789?tk=t{ampersand}pwd=p")
    assert (link.ticket, link.passcode) == ("t", "p")


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("Q2xhc3M.1", "Q2xhc3M.1"),
        ("a+b/c=~-_", "a+b/c=~-_"),
        ("a%2Bb", "a%2Bb"),
        ("100%", "100%25"),
        ("%zz", "%25zz"),
        ("a.", "a%2E"),
        ("a...", "a..%2E"),
        ("(a)!", "%28a%29%21"),
        ("a?b", "a%3Fb"),
        ("a;b,c'", "a%3Bb%2Cc%27"),
        ("[a]", "%5Ba%5D"),
        ("\u00e9", "%C3%A9"),
    ],
)
def test_a_value_is_kept_unless_prose_could_break_it(value: str, kept: str) -> None:
    link = parsed(f"https://zoom.us/j/123456789?pwd={value}")
    assert link.passcode == kept
    assert parse_join_link(link.url) == link
    assert found_in(f"({link.url}).") == [link.url]


@pytest.mark.parametrize(
    "url", ["https://zoom.us/j/123456789?pwd=", "https://zoom.us/w/123456789?tk="]
)
@pytest.mark.parametrize(("character", "written"), [("x", "x"), ("%2B", "%2B"), ("é", "%C3%A9")])
def test_a_value_has_a_longest_length_as_it_is_written(
    url: str, character: str, written: str
) -> None:
    many, rest = divmod(LONGEST_VALUE, len(written))
    longest = parsed(url + character * many + "x" * rest).url
    assert longest == url + written * many + "x" * rest
    assert found_in(f"({longest}).") == [longest]
    assert parse_join_link(url + character * many + "x" * (rest + 1)) is None
    assert found_in(f"({longest}x).") == []


def test_a_value_without_end_is_no_passcode() -> None:
    assert LONGEST_VALUE == 512
    assert parse_join_link("https://zoom.us/j/123456789?pwd=" + "x" * 200_000) is None
    with pytest.raises(ValueError, match="too long"):
        JoinLink("zoom.us", LinkKind.JOIN, "123456789", "x" * (LONGEST_VALUE + 1))


def test_a_rooms_name_has_a_longest_length() -> None:
    assert parsed("https://zoom.us/my/" + "a" * 64).room == "a" * 64
    assert parse_join_link("https://zoom.us/my/" + "a" * 65) is None


def test_an_extra_host_is_trusted_with_its_port_and_no_other() -> None:
    url = "https://127.0.0.1:8443/j/123456789"
    assert parsed(url, "127.0.0.1:8443").url == url
    assert parsed("https://Sim.Example/j/123456789", "sim.example:443").host == "sim.example"
    assert parsed("https://sim.example:443/j/123456789", "SIM.example").host == "sim.example"
    for other in ("127.0.0.1", "127.0.0.1:8444", "8443", ""):
        assert parse_join_link(url, frozenset({other})) is None
    assert parse_join_link("https://a.sim.example/j/123456789", frozenset({"sim.example"})) is None
    assert parse_join_link("http://sim.example/j/123456789", frozenset({"sim.example"})) is None


@pytest.mark.parametrize("host", ["zoom.us", "ZOOM.us:443", "Us02Web.Zoom.us", "sim.example:443"])
def test_a_host_is_zooms_however_it_is_written(host: str) -> None:
    assert is_trusted_host(host, frozenset({"Sim.example"}))


def test_half_a_surrogate_pair_in_a_passcode_breaks_nothing() -> None:
    assert JoinLink("zoom.us", LinkKind.JOIN, "123456789", "a\ud83e").passcode == "a%3F"


@pytest.mark.parametrize("behind", ["-", "_", "~", ".", "-_~."])
def test_marks_behind_a_rooms_name_belong_to_the_prose(behind: str) -> None:
    assert found_in(f"https://zoom.us/my/danaX{behind}") == ["https://zoom.us/my/danaX"]


def test_the_meeting_id_is_known_unless_the_room_is_personal() -> None:
    assert parsed(CLIENT_LINK).meeting_id == "86012345678"
    assert parsed("https://zoom.us/w/123456789?tk=t").meeting_id == "123456789"
    assert parsed("https://zoom.us/my/123456789").meeting_id is None


def test_the_repr_holds_no_secret() -> None:
    shown = repr(parsed("https://zoom.us/w/123456789?tk=TICKET&pwd=PASSCODE"))
    assert "123456789" in shown
    assert "TICKET" not in shown
    assert "PASSCODE" not in shown


@pytest.mark.parametrize(
    "host", ["", "Zoom.us", "zoom.us:443", "zoom.us/", "a@zoom.us", "a b", "[::1]"]
)
def test_a_link_is_never_made_for_an_unusable_host(host: str) -> None:
    with pytest.raises(ValueError, match="not a host"):
        JoinLink(host, LinkKind.JOIN, "123456789")


@pytest.mark.parametrize("room", ["", "12345678", "dana.lee", "123456789\n", "123456789?pwd=1"])
def test_a_link_is_never_made_for_an_unusable_meeting_id(room: str) -> None:
    with pytest.raises(ValueError, match="not a meeting ID"):
        JoinLink("zoom.us", LinkKind.JOIN, room)


@pytest.mark.parametrize(
    "behind", [*".,;:!?)>]'\"", ").", "...", "\u3002", " \u2026", "*", "**", "|"]
)
@pytest.mark.parametrize(
    "link", ["https://zoom.us/j/123456789", CLIENT_LINK, "https://zoom.us/my/d.l"]
)
def test_punctuation_behind_a_link_belongs_to_the_prose(link: str, behind: str) -> None:
    assert found_in(f"Join at {link}{behind}") == [link]
    assert found_in(f"Join at {link}{behind} now") == [link]


@pytest.mark.parametrize(
    "text",
    [
        "Meeting{}",
        "link:{}",
        "({})",
        "<{}>",
        "**{}**",
        "'{}'",
        "{}\u00a0x",
        "{}\nx",
        "{}\\n",
        "{};x",
        "{}&nbsp;x",
        "&quot;{}&quot;&gt;",
        '"{}"',
        "\u4f1a\u8bae{}\u3002\u8bf7",
        "{}\u200bx",
    ],
)
def test_a_link_is_found_in_any_surroundings(text: str) -> None:
    assert found_in(text.format(CLIENT_LINK)) == [CLIENT_LINK]


def test_several_links_are_found_in_order() -> None:
    first, second = "https://zoom.us/j/123456789", CLIENT_LINK
    for between in (" ", ",", ";", "](", "</a> ", "|"):
        assert found_in(f"{first}{between}{second}") == [first, second]


@pytest.mark.parametrize(
    "text",
    [
        "https://evil.example/?url=https://zoom.us/j/123456789",
        "http://evil.example/https://zoom.us/j/123456789",
        "https://urldefense.example/v3/__https://zoom.us/j/123456789?pwd=a__;!!x",
        "https%3A%2F%2Fzoom.us%2Fj%2F123456789",
        "ttps://zoom.us/j/123456789",
        "://zoom.us/j/123456789",
        "https://zoom.us/j/123456789x",
        "https://meet.google.com/abc-defg-hij",
        "https://",
        "",
    ],
)
def test_what_is_no_join_link_of_its_own_is_not_found(text: str) -> None:
    assert found_in(text) == []


@given(st.text())
@settings(deadline=None)
def test_any_text_can_be_searched_and_parsed(text: str) -> None:
    list(find_join_links(text))
    parse_join_link(text)


@given(st.text(max_size=40), st.text(max_size=40))  # a character takes at most 12
@settings(deadline=None)
def test_a_link_with_any_values_is_read_back_alone_and_in_prose(passcode: str, ticket: str) -> None:
    link = JoinLink("zoom.us", LinkKind.REGISTRANT, "123456789", passcode, f"t{ticket}")
    assert link.url.isascii()
    assert parse_join_link(link.url) == link
    assert list(find_join_links(f"{link.url}.")) == [(0, len(link.url), link)]


@given(st.text(st.characters(codec="utf-8"), max_size=60))
@settings(deadline=None)
def test_whatever_is_read_is_read_again_from_its_canonical_form(query: str) -> None:
    link = parse_join_link(f"https://zoom.us/j/123456789?pwd={query}")
    if link is not None:
        assert parse_join_link(link.url) == link
