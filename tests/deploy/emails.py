"""`python -m tests.deploy.emails 12`: puts that many emails into the site's outbox."""

import sys

from barut_reflex.core import db, mail


def main() -> None:
    with db.writing() as session:
        for number in range(int(sys.argv[1])):
            email = mail.Email(f"nomor-{number}", "Uji", ["Surat uji."])
            mail.queue_email(session, email, to=f"orang{number}@contoh.id", kind="test")


if __name__ == "__main__":
    main()
