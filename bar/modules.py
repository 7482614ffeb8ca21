"""Which modules hold rows. A module that is not there yet is left out, and said so."""

import importlib
import importlib.util

MODULES = [
    "bar.rows_events",
    "bar.rows_codes",
    "bar.rows_http",
    "bar.rows_leaks",
    "bar.rows_times",
    "bar.rows_cost",
    "bar.rows_pages",
    "bar.rows_files",
    "bar.rows_plants",
    "bar.rows_races",
    "bar.rows_trail",
    "bar.rows_views",
    "bar.rows_cuts",
    "bar.rows_faults",
    "bar.rows_restore",
    "bar.rows_slow",
    "bar.rows_strangers",
]


def load(names: list[str] = MODULES) -> list[str]:
    """Import every module of rows; the names of those that are not there."""
    absent = [name for name in names if importlib.util.find_spec(name) is None]
    for name in names:
        if name not in absent:
            importlib.import_module(name)
    return absent
