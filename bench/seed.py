"""Fills a database with very many applications by SQL of its own; can keep it for later runs."""

import functools
import hashlib
import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text

from barut_reflex.core import db, schema
from barut_reflex.core.settings import settings
from probes import servers

FOLDER = os.getenv("BARUT_BENCH_KEEP")  # where filled databases are kept from run to run
CACHE_FOLDER = Path(FOLDER) if FOLDER else None
HURRIED = {
    "sqlite": (
        "PRAGMA synchronous = OFF",
        "PRAGMA journal_mode = OFF",
        "PRAGMA cache_size = -200000",
        "PRAGMA foreign_keys = OFF",
    ),
    "postgresql": (
        "SET synchronous_commit = off",
        "SET session_replication_role = replica",  # no question for each foreign key
        "SET maintenance_work_mem = '256MB'",
    ),
}
INDEXES = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND name GLOB 'ix_*'",
    "postgresql": "SELECT indexname, indexdef FROM pg_indexes "
    "WHERE schemaname = 'public' AND starts_with(indexname, 'ix_')",
}
FEW, RARE = 40, "zulqarnaen"  # so few bear it in any office
SOME, COMMON = "wulandari", "siti"  # one in 400, so a whole page in a small office; one in 50
FIRST = [
    "siti",
    "ahmad",
    "nur",
    "bayu",
    "dewi",
    "rizky",
    "putri",
    "andi",
    "yohana",
    "maria",
    "agus",
    "lestari",
    "eko",
    "fitri",
]
SECOND = [
    "rahman",
    "kusuma",
    "hidayat",
    "saputra",
    "wijaya",
    "anggraini",
    "pratama",
    "utami",
    "nugroho",
    "santoso",
]
THIRD = [
    "halim",
    "sembiring",
    "tanjung",
    "lubis",
    "harahap",
    "pasaribu",
    "gultom",
    "damanik",
    "sinaga",
    "purba",
]
SYLLABLES = [first + vowel for first in "bdgjklmn" for vowel in "aeiou"]  # of rare last names
WORDS = (FIRST, SECOND, THIRD, SYLLABLES)
FACTS = json.dumps({"alamat": "x" * 700})  # as long as those of a person with a few skills
YEARS = 5 * 365 * 24 * 3600
BEGAN = datetime(2021, 1, 4, tzinfo=UTC)
DIALECTS = {
    "sqlite": {
        "numbers": "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL "
        "SELECT i + 1 FROM n WHERE i < :many)",
        "from": "n",
        "sent": "strftime('%Y-%m-%d %H:%M:%S.000000', {}, 'unixepoch')",
        "padded": "substr('000000000000' || {}, -{})",
        "pick": "(SELECT word FROM names WHERE kind = {0} AND number = {1})",
        "id": "printf('%08x-0000-4000-8000-%012x', i, i)",
    },
    "postgresql": {
        "numbers": "",
        "from": "generate_series(1, :many) AS n(i)",
        "sent": "to_timestamp({})",
        "padded": "right('000000000000' || {}, {})",
        "pick": "('{{{2}}}'::text[])[{1} + 1]",
        "id": "lpad(to_hex(i), 8, '0') || '-0000-4000-8000-' || lpad(to_hex(i), 12, '0')",
    },
}


def sqlite_office(many: int) -> Engine:
    """The office in a file that is kept from run to run."""
    folder = CACHE_FOLDER or settings.var / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{_name(many)}.db"
    if not path.exists():
        draft = path.with_suffix(".part")
        draft.unlink(missing_ok=True)
        fill(making := db.make_engine(f"sqlite:///{draft}"), many)
        making.dispose()
        draft.rename(path)
    return db.make_engine(f"sqlite:///{path}")


def postgresql_office(many: int) -> Engine:
    """The office on a server from the wheel, which ends with this process."""
    server = _server()
    url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    name, draft = _name(many), f"{_name(many)}_part"
    on_server = create_engine(url, isolation_level="AUTOCOMMIT")
    with on_server.connect() as connection:
        known = connection.exec_driver_sql("SELECT datname FROM pg_database").scalars().all()
        if name not in known:
            for setting in ("fsync = off", "full_page_writes = off", "max_wal_size = '8GB'"):
                connection.exec_driver_sql(f"ALTER SYSTEM SET {setting}")
            connection.exec_driver_sql("SELECT pg_reload_conf()")
            connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {draft}")
            connection.exec_driver_sql(f"CREATE DATABASE {draft}")
            fill(making := db.make_engine(_address(url.set(database=draft))), many)
            making.dispose()
            connection.exec_driver_sql(f"ALTER DATABASE {draft} RENAME TO {name}")
    on_server.dispose()
    return db.make_engine(_address(url.set(database=name)))


@functools.cache
def _server() -> Any:
    if CACHE_FOLDER is None:
        return servers.postgres()
    CACHE_FOLDER.mkdir(parents=True, exist_ok=True)
    return servers.postgres_in(CACHE_FOLDER / "postgresql", keep=True)


def _address(url: URL) -> str:
    return url.render_as_string(hide_password=False)


@functools.cache
def _name(many: int) -> str:
    """Other tables, another index or another filling make another office."""
    made_by = [Path(__file__), *schema.ROOT.glob("alembic/versions/*.py")]
    written = b"".join(path.read_bytes() for path in sorted(made_by))
    return f"list_{many}_{hashlib.sha256(written).hexdigest()[:8]}"


def fill(engine: Engine, many: int) -> None:
    """Migrate, then fill: `many` applications of five years, most of them approved."""
    schema.upgrade(engine)
    _hurry(engine)
    with engine.begin() as connection:
        plain = _without_indexes(connection)
        _names(connection)
        for statement in _statements(connection.dialect.name, many):
            connection.execute(text(statement), {"many": many, "facts": FACTS})
        connection.execute(text("DROP TABLE names"))
        for made in plain:
            connection.exec_driver_sql(made)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("VACUUM ANALYZE")


def _hurry(engine: Engine) -> None:
    """What a filling need not fear that is thrown away on a crash and is true by its making."""

    @event.listens_for(engine, "connect")
    def _set(connection: Any, _record: Any):
        for statement in HURRIED[engine.dialect.name]:
            connection.execute(statement)
        connection.commit()

    engine.dispose()


def _without_indexes(connection: Connection) -> list[str]:
    """To make an index of what is there is far quicker; gives the statements that do."""
    known = connection.exec_driver_sql(INDEXES[connection.dialect.name]).all()
    for name, _ in known:
        connection.exec_driver_sql(f"DROP INDEX {name}")
    return [made for _, made in known]


def _names(connection: Connection) -> None:
    connection.execute(text("CREATE TABLE names (kind int, number int, word varchar(20))"))
    connection.execute(text("CREATE INDEX of_kind ON names (kind, number)"))
    words = [
        {"kind": kind, "number": number, "word": word}
        for kind, listed in enumerate(WORDS)
        for number, word in enumerate(listed)
    ]
    connection.execute(text("INSERT INTO names VALUES (:kind, :number, :word)"), words)


def _statements(dialect: str, many: int) -> list[str]:
    """People, applications, cards; person and application have the same number."""
    say = DIALECTS[dialect]

    def pick(kind: int, number: str) -> str:
        return say["pick"].format(kind, f"({number}) % {len(WORDS[kind])}", ",".join(WORDS[kind]))

    first = f"replace({pick(0, 'i * 7')}, '{COMMON}', 'tuti')"
    rare = " || ".join(pick(3, number) for number in ("i", "i / 40", "i / 1600"))
    last = (
        f"CASE WHEN i % {max(1, many // FEW)} = 5 THEN '{RARE}' WHEN i % 400 = 9 THEN '{SOME}' "
        f"WHEN i % 3 = 1 THEN {rare} ELSE {pick(2, 'i * 13')} END"
    )
    name = f"CASE WHEN i % 50 = 3 THEN '{COMMON}' ELSE {first} END || ' ' || {pick(1, 'i * 11')}"
    name += f" || ' ' || {last}"
    sent = say["sent"].format(f"{int(BEGAN.timestamp())} + CAST(i AS BIGINT) * {YEARS} / {many}")
    status = (
        "CASE WHEN i % 100 < 3 THEN 'DRAFT' WHEN i % 100 < 8 THEN 'SUBMITTED' "
        "WHEN i % 100 < 12 THEN 'RETURNED' ELSE 'APPROVED' END"
    )
    nik = f"'620505' || {say['padded'].format('(CAST(i AS BIGINT) * 7919)', 10)}"
    number = f"'6205' || {say['padded'].format('(i % 1000000)', 6)} || '20042026'"
    padded = say["padded"].format("i", 12)
    seeker, yes = "'JOB_SEEKER'", "1 = 1"
    from_numbers = f"FROM {say['from']}"
    return [
        "INSERT INTO person (id, public_id, name, search_name, email, mailbox, password_hash, "
        "role, is_active, staff_number, position, must_change_password, created) "
        f"{say['numbers']} SELECT i, {say['id']}, 'Orang', 'orang', {padded}, {padded}, 'x', "
        f"{seeker}, {yes}, '', '', 1 = 0, {sent} {from_numbers}",
        "UPDATE person SET role = 'OFFICER', name = 'Rina' WHERE id = 1",
        "INSERT INTO application (id, public_id, applicant_id, status, is_closed, version, "
        "review_note, created, submitted, nik, name, search_name, facts, seal) "
        f"{say['numbers']} SELECT i, {say['id']}, i, {status}, 1 = 0, 1, '', {sent}, {sent}, "
        f"{nik}, {name}, {name}, :facts, 'x' {from_numbers}",
        "INSERT INTO card (id, public_id, application_id, holder_id, number, nik, facts, "
        "signatory_id, signatory_name, signatory_position, signatory_kind, signatory_number, "
        f"issued, valid_until, revoke_reason) {say['numbers']} SELECT i, {say['id']}, i, i, "
        f"{number}, {nik}, '{{}}', 1, 'Rina, S.Kom', '', 'PNS', '', {sent}, '2099-01-01', '' "
        f"{from_numbers} WHERE i % 100 >= 12",
    ]
