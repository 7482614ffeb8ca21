"""Fixtures for office tests: an empty store."""

from ..documents.conftest import store  # noqa: F401
