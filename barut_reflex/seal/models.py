"""Table `code`: signed codes of cards, SIAPkerja-IDs and people; valid, replaced or revoked."""

from datetime import date, datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from ..core.models import UTC_TIME, Impersonal, Personal, Secret, word
from .rules import PayloadKind

NOT_REPLACED = text("replaced IS NULL")


class Code(SQLModel, table=True):
    """A signed code of any kind. Renewing replaces it; the old one is then shown as replaced.

    `subject_id` is the row of what the code is for: an AK1's card, a SIAPkerja-ID's identity, the
    person who shows an access code.
    """

    # At most one valid code for each subject, also under concurrency; the last two indexes are for
    # the list of withdrawn codes.
    __table_args__ = (
        Index(
            "one_code_in_use",
            "kind",
            "subject_id",
            unique=True,
            sqlite_where=NOT_REPLACED,
            postgresql_where=NOT_REPLACED,
        ),
        Index("ix_code_kind_subject_id", "kind", "subject_id"),
        Index("ix_code_kind_replaced", "kind", "replaced"),
        Index("ix_code_kind_revoked", "kind", "revoked"),
    )

    id: int = Field(default=None, primary_key=True)
    kind: Impersonal[PayloadKind] = Field(sa_type=word(PayloadKind))
    subject_id: Impersonal[int]
    # The payload's 10 random bytes, hex.
    code_id: Impersonal[str] = Field(unique=True, max_length=20)
    # Base32; empty: signed anew for each drawing.
    code: Personal[str] = Field(default="", max_length=400)
    # Keyed; may be typed.
    digits_hash: Secret[str | None] = Field(default=None, max_length=64, index=True)
    valid_until: Impersonal[date]  # through the last day, WIB
    created: datetime = Field(sa_type=UTC_TIME)
    replaced: datetime | None = Field(default=None, sa_type=UTC_TIME)
    revoked: datetime | None = Field(default=None, sa_type=UTC_TIME)
