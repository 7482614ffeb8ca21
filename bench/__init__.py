"""Speed and its goals: `make bench` prints and publishes the table.

As in `bar/`, importing this points the settings of the process at a new folder, before anything
of `barut_reflex` is imported.
"""

from tests import conftest as _conftest  # noqa: F401
