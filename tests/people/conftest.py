"""Fixtures for people tests: a settable clock and a mailbox."""

from ..accounts.conftest import hours, mailbox  # noqa: F401
