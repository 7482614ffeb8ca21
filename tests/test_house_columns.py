"""Every database column says whether it is personal (decision 21)."""

from datetime import date, datetime

import pytest
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from barut_reflex.core.models import UTC_TIME, Impersonal, Personal, Secret

from .columns import columns_that_are, models_below, our_models, silent_columns


def test_every_column_says_whether_it_is_personal():
    assert len(our_models()) > 20
    assert silent_columns(our_models()) == []


@pytest.fixture
def planted():
    """A table with a column of each word, and two that forgot it."""

    class Base(SQLModel, registry=registry()):
        pass

    class Guest(Base, table=True):
        id: int = Field(default=None, primary_key=True)
        host_id: int = Field(foreign_key="guest.id")
        came: datetime = Field(sa_type=UTC_TIME)
        phone: Personal[str] = ""
        born: Personal[date | None] = None
        token_hash: Secret[str] = Field(max_length=64)
        size: Impersonal[int] = 0
        nickname: str = ""
        age: int | None = None

    return list(models_below(Base))


def test_a_column_that_says_nothing_is_found(planted):
    assert silent_columns(planted) == ["guest.nickname", "guest.age"]


@pytest.mark.parametrize(
    ("word", "names"),
    [("personal", ["phone", "born"]), ("secret", ["token_hash"]), ("impersonal", ["size"])],
)
def test_a_column_is_what_it_says(planted, word, names):
    assert list(columns_that_are(word, planted).values()) == [names]


@pytest.mark.parametrize("name", ["nik", "phone", "email", "mailbox", "address", "facts"])
def test_what_tells_who_somebody_is_says_so(name):
    """Also in the table of a desk that comes later."""
    said = columns_that_are("personal", our_models())
    having = [model for model in our_models() if name in model.model_fields]
    assert having
    assert [model.__name__ for model in having if name not in said.get(model, [])] == []
