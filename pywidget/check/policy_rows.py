"""The row about the page's content security policy, with a corrected one ready to be copied."""

from __future__ import annotations

from collections.abc import Iterable

from pywidget.check.page import Page
from pywidget.check.policy import Policy, parse_policies, parse_policy
from pywidget.check.policy_needs import TRUSTED_TYPES, Lack, find_lacks, mend
from pywidget.check.row import Row, Verdict

_ID, _TITLE = "policy", "Content security policy"
_HEADER = "Content-Security-Policy"
_NONCE = "'nonce-…'"


def judge_policy(page: Page) -> Row:
    """Judge whether all policies of the page, in header and `<meta>`, let the widget work."""
    if not page.was_shown or page.response is None:
        finding = "The policy comes with the page, which could not be read."
        return Row(_ID, _TITLE, Verdict.UNKNOWN, finding, "See the row “Page”.")
    header = parse_policies(page.response.headers.get(_HEADER.lower(), ""))
    meta = tuple(map(parse_policy, page.html.policies))
    lacks = [list(find_lacks(policy, page)) for policy in (*header, *meta)]
    found = _list_once(lack for each in lacks for lack in each)
    if not header and not meta:
        return Row(_ID, _TITLE, Verdict.FINE, "The page has none, so nothing is forbidden.")
    where = _describe_place(header, meta)
    if not any(lack.is_grave for lack in found):
        notes = [f"{where} lets the widget work.", *(lack.effect for lack in found)]
        remedy = " ".join(map(_explain, found))
        return Row(_ID, _TITLE, Verdict.FINE, " ".join(notes), remedy)
    grave = [lack for lack in found if lack.is_grave]
    finding = " ".join([f"{where} stops the widget:", *(lack.effect for lack in grave)])
    copy = _write_mended(header, meta, page)
    remedy = " ".join(map(_explain, grave))
    if _NONCE in copy:
        remedy += f" Replace {_NONCE} with your own."
    return Row(_ID, _TITLE, Verdict.WRONG, finding, remedy, copy)


def _list_once(lacks: Iterable[Lack]) -> list[Lack]:
    return list(dict.fromkeys(lacks))


def _describe_place(header: tuple[Policy, ...], meta: tuple[Policy, ...]) -> str:
    if header and meta:
        return "The page's policy (header and <meta> together)"
    return "The page's policy" if header else "The page's policy (in a <meta>)"


def _explain(lack: Lack) -> str:
    if lack.kind == TRUSTED_TYPES:
        return f"Remove {TRUSTED_TYPES}."
    if not lack.sources:
        return 'Give the tag the nonce of the page: <script type="module" nonce="…" …>.'
    return f"Add {' '.join(lack.sources)} to {lack.kind}."


def _write_mended(header: tuple[Policy, ...], meta: tuple[Policy, ...], page: Page) -> str:
    """Write what has to change: headers as headers, a `<meta>` as markup, without nonces."""
    lines = []
    for policy in header:
        mended = mend(policy, page)
        if mended != policy:
            lines.append(f"{_HEADER}: {_hide_nonces(mended)}")
    for policy in meta:
        mended = mend(policy, page)
        if mended != policy:
            lines.append(f'<meta http-equiv="{_HEADER}" content="{_hide_nonces(mended)}">')
    return "\n".join(lines)


def _hide_nonces(policy: Policy) -> Policy:
    return Policy(
        tuple(
            (
                name,
                tuple(_NONCE if value.lower().startswith("'nonce-") else value for value in values),
            )
            for name, values in policy.directives
        )
    )
