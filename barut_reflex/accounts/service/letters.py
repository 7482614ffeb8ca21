"""To how many mailboxes a browser, a network and all strangers together may have codes sent."""

import logging
from datetime import timedelta

from sqlmodel import Session

from ...core import limits
from ...core.errors import Refusal
from ...core.networks import is_known_network, network_of
from ...core.settings import settings
from ..rules import canonical_mailbox

HOUR = timedelta(hours=1)
SITE = "letters of the site"
OF_BROWSER, OF_NETWORK, OF_KNOWN_NETWORK = 10, 60, 300  # different mailboxes an hour
SLOW_BROWSER, SLOW_NETWORK = 2, 10  # while the site is over `settings.letters_an_hour`
log = logging.getLogger(__name__)


class TooManyLetters(Refusal):
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
    """Count one mailbox a code is asked for; the same one again within the hour is free.

    `is_own`: the browser is known to the account, so that strangers who share its network cannot
    use up its letters. Whether the address has an account makes no difference.
    """
    again = f"letters from {flow} to {canonical_mailbox(email)}"
    if not limits.spend(session, again, limit=1, per=HOUR):
        return
    is_known, is_slow = is_known_network(address), _is_slow(session)
    of_browser = SLOW_BROWSER if is_slow and not is_known else OF_BROWSER
    _spend(session, f"letters from {flow}", of_browser, "Dari browser ini")
    if not is_own:
        of_network = SLOW_NETWORK if is_slow else OF_NETWORK
        of_network = OF_KNOWN_NETWORK if is_known else of_network
        way_out = ", atau pakai jaringan lain seperti data seluler"
        network = f"letters from {network_of(address)}"
        _spend(session, network, of_network, "Dari jaringan internet Anda", way_out)
    _count_for_site(session)


def _spend(session: Session, key: str, limit: int, whose: str, way_out: str = "") -> None:
    if not limits.spend(session, key, limit=limit, per=HOUR):
        wait = limits.seconds_until_free(session, key, limit=limit, per=HOUR)
        raise TooManyLetters(whose, wait, way_out)


def _is_slow(session: Session) -> bool:
    """Whether the site is over its figure: who has asked for little still gets a code."""
    return limits.count(session, SITE, per=HOUR) >= settings.letters_an_hour


def _count_for_site(session: Session) -> None:
    most = settings.letters_an_hour
    is_counted = limits.spend(session, SITE, limit=most, per=HOUR)
    fills_it = is_counted and _is_slow(session)
    if fills_it and limits.spend(session, "alarm of letters", limit=1, per=HOUR):
        log.warning("alarm: codes for %s mailboxes within an hour, slow mode", most)
