"""SQLite: triggers, and an FTS5 index of the trigrams of all names."""

from .facts import COLUMNS, ENTRIES, PEOPLE, STAFF, STAFF_ROLES, in_words_of

_SAME = (
    "old.status <> 'DRAFT' AND new.status <> 'DRAFT' AND old.submitted IS new.submitted "
    "AND old.nik = new.nik AND old.search_name = new.search_name"
)
_WAS_STAFF = f"WHERE old.role IN ({STAFF_ROLES}) AND old.is_active"
_IS_STAFF = f"WHERE new.role IN ({STAFF_ROLES}) AND new.is_active"
_ENTER = f"INSERT INTO deskentry ({COLUMNS}) {in_words_of('sqlite', ENTRIES)} AND a.id = new.id"
_LEAVE = "DELETE FROM deskentry WHERE application_id = old.id"
_NUMBER = "UPDATE deskentry SET number = {} WHERE application_id = {}.application_id"
_LEARN = "INSERT INTO desksearch (rowid, words) VALUES (new.place, new.words)"
_FORGET = (
    "INSERT INTO desksearch (desksearch, rowid, words) VALUES ('delete', old.place, old.words)"
)


def _count(name: str, change: int, condition: str = "") -> str:
    return f"INSERT INTO desktally (name, change) SELECT {name}, {change} {condition}"


TRIGGERS = {
    "desk_application_in": ("INSERT ON application", [_ENTER]),
    "desk_application_moved": (
        f"UPDATE OF status ON application WHEN {_SAME} AND old.status <> new.status",
        ["UPDATE deskentry SET status = new.status WHERE application_id = new.id"],
    ),
    "desk_application_changed": (
        f"UPDATE OF status, submitted, nik, search_name ON application WHEN NOT ({_SAME})",
        [_LEAVE, _ENTER],
    ),
    "desk_application_out": ("DELETE ON application", [_LEAVE]),
    "desk_card_in": ("INSERT ON card", [_NUMBER.format("new.number", "new")]),
    "desk_card_changed": ("UPDATE OF number ON card", [_NUMBER.format("new.number", "new")]),
    "desk_card_out": ("DELETE ON card", [_NUMBER.format("''", "old")]),
    "desk_entry_in": ("INSERT ON deskentry", [_LEARN, _count("new.status", 1)]),
    "desk_entry_out": ("DELETE ON deskentry", [_FORGET, _count("old.status", -1)]),
    "desk_entry_moved": (
        "UPDATE OF status ON deskentry WHEN old.status <> new.status",
        [_count("old.status", -1), _count("new.status", 1)],
    ),
    "desk_person_in": (
        "INSERT ON person",
        [_count(f"'{PEOPLE}'", 1), _count(f"'{STAFF}'", 1, _IS_STAFF)],
    ),
    "desk_person_changed": (
        "UPDATE OF role, is_active ON person",
        [_count(f"'{STAFF}'", -1, _WAS_STAFF), _count(f"'{STAFF}'", 1, _IS_STAFF)],
    ),
    "desk_person_out": (
        "DELETE ON person",
        [_count(f"'{PEOPLE}'", -1), _count(f"'{STAFF}'", -1, _WAS_STAFF)],
    ),
}
KEEPERS = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS desksearch USING fts5(words, content='deskentry', "
    "content_rowid='place', columnsize=0, tokenize='trigram case_sensitive 1')",
    "CREATE VIRTUAL TABLE IF NOT EXISTS desksearch_terms USING fts5vocab('desksearch', 'row')",
    *[
        f"CREATE TRIGGER IF NOT EXISTS {name} AFTER {when} BEGIN {'; '.join(acts)}; END"
        for name, (when, acts) in TRIGGERS.items()
    ],
)
DROPS = (
    *[f"DROP TRIGGER IF EXISTS {name}" for name in TRIGGERS],
    "DROP TABLE IF EXISTS desksearch_terms",
    "DROP TABLE IF EXISTS desksearch",
)
REFRESH = ("INSERT INTO desksearch (desksearch) VALUES ('rebuild')",)
HOW_MANY = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name IN ('{}')".format(
    "', '".join(TRIGGERS)
)
CHECK_SEARCH = "INSERT INTO desksearch (desksearch, rank) VALUES ('integrity-check', 1)"
