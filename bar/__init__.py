"""Security and reliability acceptance criteria ("the bar"): `make bar` measures and publishes them.

Rows run in an office of their own, as the tests do.
"""

from probes import throwaway as _throwaway  # noqa: F401 - before barut_reflex is imported
