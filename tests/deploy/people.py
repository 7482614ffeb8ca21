"""`python -m tests.deploy.people 5`: puts five signed-in job seekers into the site's database."""

import json
import secrets
import sys

from barut_reflex.core import db, desks
from barut_reflex.people.service import sessions
from probes.factories import make_person


def main() -> None:
    desks.load_models()
    tokens = []
    with db.writing() as session:
        for _ in range(int(sys.argv[1])):
            person = make_person(session, name=f"Orang {secrets.token_hex(4)}")
            tokens.append(sessions.sign_in(session, person.id, device="test"))
    sys.stdout.write(json.dumps(tokens))


if __name__ == "__main__":
    main()
