from ..accounts.conftest import hours  # noqa: F401
