"""What the list of the desk is read from. Nobody writes these but the database, see `index`."""

from sqlalchemy import BigInteger, Index, Integer, event
from sqlmodel import Field, SQLModel

from .index import entries

PLACE = BigInteger().with_variant(Integer, "sqlite")  # there an INTEGER key holds 64 bits


class DeskEntry(SQLModel, table=True):
    """A sent application where it stands in the list: the newest sent has the highest place."""

    __table_args__ = (
        Index("ix_deskentry_status_place", "status", "place"),
        Index("ix_deskentry_nik_place", "nik", "place"),
        Index("ix_deskentry_number_place", "number", "place"),
    )

    place: int = Field(
        sa_type=PLACE,  # pyright: ignore[reportArgumentType]
        primary_key=True,
        sa_column_kwargs={"autoincrement": False},
    )
    application_id: int = Field(unique=True)
    status: str = Field(max_length=12)
    nik: str = Field(max_length=16)
    number: str = Field(default="", max_length=18)
    words: str = Field(max_length=102)  # the name as searches compare it, and two spaces


class DeskTally(SQLModel, table=True):
    """A change of a count: the count is the sum. Rows are only added, so no act waits for another;
    the worker merges them."""

    id: int = Field(default=None, primary_key=True)
    name: str = Field(max_length=12)
    change: int


@event.listens_for(SQLModel.metadata, "after_create")
def _keep(_metadata, connection, **_told):
    if connection.dialect.has_table(connection, "deskentry"):
        entries.keep(connection)
