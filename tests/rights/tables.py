"""Lists the tables about people, and those left out of the copy of one's own data."""

from ..columns import columns_that_are, table_of

# Ids of people, or of what is theirs, that are no foreign keys.
IDS = {"person_id", "actor_id", "subject_id"}

NOT_IN_THE_COPY = {
    "authenticator": "a secret",
    "flash": "what a browser typed a moment ago, whoever sat there",
    "knownbrowser": "a key of a browser",
    "onetimecode": "a secret of minutes",
    "quarantinedupload": "bytes of ten minutes that are no paper yet",
    "recoverycode": "a secret",
    "registration": "nobody's yet: there is no account",
    "resetlink": "a secret of minutes",
}


def tables_about_people(models):
    """Names of the tables with a personal column or a person's id, and of those that lead there."""
    tables = [table_of(model) for model in models]
    found = {table_of(model).name for model in columns_that_are("personal", models)}
    while more := {table.name for table in tables if _is_about(table, found)} - found:
        found |= more
    return found


def _is_about(table, found):
    leads_to = {key.target_fullname.partition(".")[0] for key in table.foreign_keys}
    return bool(leads_to & found) or bool(IDS & set(table.columns.keys()))
