"""Tables of accounts: people, sign-ins, second factors, known browsers."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from ..core.models import UTC_TIME, Impersonal, Personal, Secret, random_id, word
from .rules import Role, StaffKind


class Person(SQLModel, table=True):
    """Somebody with an account: job seeker, officer or administrator."""

    id: int = Field(default=None, primary_key=True)
    public_id: Impersonal[str] = Field(default_factory=random_id, unique=True, max_length=36)
    name: Personal[str] = Field(max_length=100, index=True)
    search_name: Personal[str] = Field(default="", max_length=100, index=True)
    email: Personal[str] = Field(unique=True, max_length=254)
    mailbox: Personal[str] = Field(index=True, max_length=254)  # canonical: one mailbox, one key
    password_hash: Secret[str] = Field(max_length=100)
    role: Impersonal[Role] = Field(default=Role.JOB_SEEKER, index=True, sa_type=word(Role))
    is_active: Impersonal[bool] = True
    staff_kind: Personal[StaffKind | None] = Field(default=None, sa_type=word(StaffKind))
    staff_number: Personal[str] = Field(default="", max_length=18)
    position: Personal[str] = Field(default="", max_length=100)  # jabatan
    must_change_password: Impersonal[bool] = False
    password_expires: datetime | None = Field(default=None, sa_type=UTC_TIME)
    password_changed: datetime | None = Field(default=None, sa_type=UTC_TIME)
    created: datetime = Field(sa_type=UTC_TIME)


class SignIn(SQLModel, table=True):
    """One browser that is signed in. The cookie holds the token, the table only its hash."""

    token_hash: Secret[str] = Field(primary_key=True, max_length=64)
    public_id: Impersonal[str] = Field(default_factory=random_id, unique=True, max_length=36)
    person_id: int = Field(foreign_key="person.id", index=True)
    device: Personal[str] = Field(default="", max_length=120)
    created: datetime = Field(sa_type=UTC_TIME)
    seen: datetime = Field(sa_type=UTC_TIME)
    confirmed: datetime = Field(sa_type=UTC_TIME)  # when the password was last given
    second_factor_at: datetime | None = Field(default=None, sa_type=UTC_TIME)
    # Encrypted secret that waits for its proof.
    offered: Secret[str] = Field(default="", max_length=250)
    ends: datetime = Field(sa_type=UTC_TIME)


class Authenticator(SQLModel, table=True):
    """Somebody's second factor: the secret an authenticator app shares with us, encrypted."""

    person_id: int = Field(foreign_key="person.id", primary_key=True)
    secret: Secret[str] = Field(max_length=250)
    last_step: Impersonal[int]  # of the newest code that was taken: no code is taken twice
    since: datetime = Field(sa_type=UTC_TIME)


class KnownBrowser(SQLModel, table=True):
    """A browser that signed in to this account before; it has its own limit of reset mails."""

    id: int = Field(default=None, primary_key=True)
    flow: Secret[str] = Field(index=True, max_length=64)
    person_id: int = Field(foreign_key="person.id", index=True)
