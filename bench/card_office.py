"""Makes the database of an office with many cards: `python bench/card_office.py MANY`.

Runs in the environment of an office that is not open yet: makes its tables, its key and so many
people with a card, one section of each open to all; prints one code per line. It imports nothing
of `bench`, whose settings are those of the tests.
"""

import sys

from sqlmodel import Session

from barut_reflex.cards.queries.lookup import current_code
from barut_reflex.core import db, desks, schema
from barut_reflex.people.rules import Role, StaffKind
from barut_reflex.seal import keys
from barut_reflex.sharing import service as sharing
from barut_reflex.sharing.rules import CONSENT_VERSION
from probes.card_factories import FACTS, give_card
from probes.factories import make_person, make_profile
from probes.profile_factories import add_job


def main(many: int) -> None:
    schema.upgrade()
    desks.load_models()
    keys.make_key()
    with Session(db.engine, expire_on_commit=False) as session:
        staff = {"role": Role.OFFICER, "position": "Pengantar Kerja", "staff_kind": StaffKind.PNS}
        officer = make_person(session, name="Rina", staff_number="198501012010012001", **staff)
        for number in range(many):
            holder = make_person(session, name=f"Pencari {number}")
            facts = FACTS.model_copy(update={"nik": f"62050507{number:08}", "name": holder.name})
            make_profile(session, person=holder, nik=facts.nik)
            add_job(session, person=holder)
            sharing.open_section(session, holder, "experience", version=CONSENT_VERSION)
            card = give_card(session, holder=holder, officer=officer, facts=facts)
            print(current_code(session, card).code)


if __name__ == "__main__":
    main(int(sys.argv[1]))
