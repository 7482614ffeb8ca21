"""Limits on how many different mailboxes may be sent codes, by browser, network and whole site.

They keep an attacker from having the office send email to many people who asked for none. When the
whole site is over its limit it is in slow mode: each browser and network gets fewer mailboxes; the
limit of the site itself refuses nobody.
"""

import logging
from datetime import timedelta

from sqlmodel import Session

from ...core import limits
from ...core.errors import Refusal
from ...core.networks import is_known_network, network_of
from ...core.settings import settings
from ..rules import canonical_mailbox

HOUR = timedelta(hours=1)
SITE_KEY = "letters of the site"
PER_BROWSER, PER_NETWORK, PER_KNOWN_NETWORK = 10, 60, 300  # mailboxes an hour
PER_BROWSER_IN_SLOW_MODE, PER_NETWORK_IN_SLOW_MODE = (
    2,
    10,
)  # mailboxes an hour
log = logging.getLogger(__name__)


class TooManyMailboxes(Refusal):
    field = "email"

    def __init__(self, whose: str, seconds: int, way_out: str = ""):
        minutes = max(1, -(-seconds // 60))
        super().__init__(
            f"{whose} sudah banyak diminta kode untuk berbagai alamat email. "
            f"Coba lagi dalam {minutes} menit{way_out}."
        )


def count_mailbox(
    session: Session, email: str, *, flow: str, address: str, is_own: bool = False
) -> None:
    """Count one mailbox a code is requested for; the same one again within the hour is free.

    `address` is the caller's network address. With `is_own` (the account knows the browser) the
    network's limit does not apply, so that others in the network cannot use it up. Whether the
    address has an account makes no difference. Raises TooManyMailboxes.
    """
    again = f"letters from {flow} to {canonical_mailbox(email)}"
    if not limits.spend(session, again, limit=1, per=HOUR):
        return
    is_known, is_slow = is_known_network(address), _is_slow(session)
    of_browser = PER_BROWSER_IN_SLOW_MODE if is_slow and not is_known else PER_BROWSER
    _spend(session, f"letters from {flow}", of_browser, "Dari browser ini")
    if not is_own:
        of_network = PER_NETWORK_IN_SLOW_MODE if is_slow else PER_NETWORK
        of_network = PER_KNOWN_NETWORK if is_known else of_network
        way_out = ", atau pakai jaringan lain seperti data seluler"
        network = f"letters from {network_of(address)}"
        _spend(session, network, of_network, "Dari jaringan internet Anda", way_out)
    _count_for_site(session)


def _spend(session: Session, key: str, limit: int, whose: str, way_out: str = "") -> None:
    if not limits.spend(session, key, limit=limit, per=HOUR):
        wait = limits.seconds_until_free(session, key, limit=limit, per=HOUR)
        raise TooManyMailboxes(whose, wait, way_out)


def _is_slow(session: Session) -> bool:
    """Whether the site is over `settings.letters_an_hour`, and so in slow mode."""
    return limits.count(session, SITE_KEY, per=HOUR) >= settings.letters_an_hour


def _count_for_site(session: Session) -> None:
    most = settings.letters_an_hour
    is_counted = limits.spend(session, SITE_KEY, limit=most, per=HOUR)
    is_last = is_counted and _is_slow(session)
    if is_last and limits.spend(session, "alarm of letters", limit=1, per=HOUR):
        log.warning("alarm: codes for %s mailboxes within an hour, slow mode", most)
