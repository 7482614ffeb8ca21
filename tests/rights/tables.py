"""Which tables speak of people, and which of those are no part of the copy of one's own data."""

ABOUT = {"person_id", "holder_id", "owner_id", "applicant_id", "actor_id", "by_id", "subject_id"}
ABOUT |= {"email", "mailbox", "recipient", "nik"}

NOT_IN_THE_COPY = {
    "authenticator": "a secret",
    "knownbrowser": "a key of a browser",
    "onetimecode": "a secret of minutes",
    "quarantinedupload": "bytes of ten minutes that are no paper yet",
    "recoverycode": "a secret",
    "registration": "nobody's yet: there is no account",
    "resetlink": "a secret of minutes",
}


def tables_about_people(metadata):
    """Names of the tables with a column about a person, and of those that lead to such a table."""
    found = {"person"}
    while more := {t.name for t in metadata.tables.values() if _is_about(t, found)} - found:
        found |= more
    return found


def _is_about(table, found):
    leads_to = {key.target_fullname.partition(".")[0] for key in table.foreign_keys}
    return bool(leads_to & found) or bool(ABOUT & set(table.columns.keys()))
