"""What the entries and counts should be: questions in SQL, the same on both databases."""

from ...people import rules as people

SECOND = 2**24  # places a second: the list is ordered by the moment of sending, then by number
PEOPLE, STAFF = "PEOPLE", "STAFF"  # names in the tally, beside those of the statuses
STAFF_ROLES = ", ".join(f"'{role.name}'" for role in sorted(people.STAFF))
COLUMNS = "place, application_id, status, nik, number, words"

_SECONDS = {
    "sqlite": "CAST(strftime('%s', coalesce(a.submitted, a.created)) AS INTEGER)",
    "postgresql": "floor(extract(epoch FROM coalesce(a.submitted, a.created)))::bigint",
}
ENTRIES = (
    f"SELECT <seconds> * {SECOND} + a.id AS place, a.id AS application_id, "
    "CAST(a.status AS VARCHAR(12)) AS status, a.nik AS nik, coalesce(c.number, '') AS number, "
    "a.search_name || '  ' AS words "  # two spaces: each pair of letters begins a trigram
    "FROM application a LEFT JOIN card c ON c.application_id = a.id WHERE a.status <> 'DRAFT'"
)
ALL_ENTRIES = f"SELECT {COLUMNS} FROM deskentry"
TALLY = "SELECT name, CAST(sum(change) AS INTEGER) FROM desktally GROUP BY name"
TRUTH = (
    "SELECT CAST(status AS VARCHAR(12)) AS name, count(*) AS many FROM application "
    "WHERE status <> 'DRAFT' GROUP BY status "
    f"UNION ALL SELECT '{PEOPLE}', count(*) FROM person HAVING count(*) > 0 "
    f"UNION ALL SELECT '{STAFF}', count(*) FROM person "
    f"WHERE role IN ({STAFF_ROLES}) AND is_active HAVING count(*) > 0"
)


def in_words_of(dialect: str, statement: str) -> str:
    """The statement as this database reads it."""
    return statement.replace("<seconds>", _SECONDS[dialect])
