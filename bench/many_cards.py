"""`python -m bench.many_cards MANY`, in an office's own environment: prints a code each line.

Each card is a copy of one that was really issued, with its own application, number and code, so
that a crowd of scans does not meet the limit of one code.
"""

import sys
from typing import Any

from sqlmodel import Session, select

from barut_reflex.applications.models import Application
from barut_reflex.barut_reflex import app as _app  # noqa: F401  every table known
from barut_reflex.cards.models import Card
from barut_reflex.cards.queries.standing import issued_on
from barut_reflex.core import db
from barut_reflex.seal import codes
from barut_reflex.seal import service as seal


def main(many: int) -> None:
    with Session(db.engine) as session:
        card = session.exec(select(Card).where(Card.revoked == None, Card.photo_id != None)).first()  # noqa: E711
        assert card
        for number in range(many):
            print(_copied(session, card, number))
        session.commit()


def _copied(session: Session, card: Card, number: int) -> str:
    application = session.get_one(Application, card.application_id)
    kept: dict[str, Any] = application.model_dump(exclude={"id", "public_id"})
    kept["is_closed"] = True
    session.add(own := Application(**kept))
    session.flush()
    own_number = f"99{number:016}"
    values = {"application_id": own.id, "number": own_number}
    new = Card(**card.model_dump(exclude={"id", "public_id"}) | values)
    session.add(new)
    session.flush()
    payload = codes.Payload(
        codes.new_code_id(), own_number, "Bench", issued_on(card), card.valid_until
    )
    return seal.issue_code(session, new.id, payload).code


if __name__ == "__main__":
    main(int(sys.argv[1]))
