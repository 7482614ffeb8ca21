from ..accounts.conftest import hours, mailbox  # noqa: F401
