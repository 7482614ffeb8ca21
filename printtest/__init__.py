"""Print test: is the QR of a printed and worn card still read? `make print-test` publishes it."""

from probes import throwaway as _throwaway  # noqa: F401 - before barut_reflex is imported
