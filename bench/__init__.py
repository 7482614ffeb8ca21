"""The speed benchmark and its goals: `make bench` prints and publishes the table.

Rows run in an office of their own, as the tests do.
"""

from probes import throwaway as _throwaway  # noqa: F401 - before barut_reflex is imported
