from sqlalchemy import BigInteger, event
from sqlmodel import Field, SQLModel

from . import stamps


class PageStamp(SQLModel, table=True):
    """Another number as soon as anything changes that a check page of this person could show.

    Nobody writes it but the database, see `stamps`.
    """

    person_id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    stamp: int = Field(sa_type=BigInteger)


@event.listens_for(SQLModel.metadata, "after_create")
def _keep(_metadata, connection, **_told):
    if connection.dialect.has_table(connection, "pagestamp"):
        stamps.keep(connection)
