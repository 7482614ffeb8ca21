"""The security and reliability bar, measured: `make bar` prints and publishes the table.

Rows run in an office of their own, as the tests do: importing `tests.conftest` points the
settings of this process at a new folder, before anything of `barut_reflex` is imported.
"""

from tests import conftest as _conftest  # noqa: F401
