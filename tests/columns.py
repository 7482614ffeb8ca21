"""Reads from the tables' columns whether they are personal, secret or impersonal."""

from collections.abc import Iterable, Iterator
from typing import get_args

from sqlalchemy import Column, DateTime, Integer, Table
from sqlmodel import SQLModel

from barut_reflex.core import desks
from barut_reflex.core.models import Impersonal, Personal, Secret

WORDS = {get_args(alias)[-1] for alias in (Personal, Secret, Impersonal)}

Model = type[SQLModel]


def our_models() -> list[Model]:
    """The tables of the office."""
    desks.load_models()
    return [model for model in models_below(SQLModel) if model.__module__.startswith("barut_")]


def models_below(base: Model) -> Iterator[Model]:
    """Every table whose class is made from `base`."""
    for model in base.__subclasses__():
        if hasattr(model, "__table__"):
            yield model
        yield from models_below(model)


def table_of(model: Model) -> Table:
    return getattr(model, "__table__")  # noqa: B009  SQLModel does not declare it


def word_of(model: Model, name: str) -> str:
    """ "personal", "secret" or "impersonal"; empty where the column says nothing."""
    said = [part for part in model.model_fields[name].metadata if isinstance(part, str)]
    return said[0] if len(said) == 1 and said[0] in WORDS else ""


def columns_that_are(word: str, models: Iterable[Model]) -> dict[Model, list[str]]:
    """The names of the columns that say `word`, by their table's class; none: not in it."""
    found = {
        model: [c.name for c in table_of(model).columns if word_of(model, c.name) == word]
        for model in models
    }
    return {model: names for model, names in found.items() if names}


def silent_columns(models: Iterable[Model]) -> list[str]:
    """The columns that have to say whether they are personal, and do not."""
    return [
        str(column)
        for model in models
        for column in table_of(model).columns
        if not (_needs_no_word(column) or word_of(model, column.name))
    ]


def _needs_no_word(column: Column) -> bool:
    """Keys that the database makes, references, and moments of the office's clock."""
    is_number = column.primary_key and isinstance(column.type, Integer)
    return bool(column.foreign_keys) or is_number or isinstance(column.type, DateTime)
