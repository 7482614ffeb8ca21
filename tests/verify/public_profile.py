"""Opens sections and shares links of a profile, and knows its public address."""

from barut_reflex.sharing import service as consents
from barut_reflex.sharing.rules import CONSENT_VERSION
from barut_reflex.siapkerja.queries import digital
from probes.factories import known

NIK = "6205050707000006"
CONTACT = ["82312345678", "Pangeran Antasari", "siti@contoh.id"]
JOB = "CV Sungai Teweh"
SHARE_FORM = {
    "recipient": "PT Maju",
    "purpose": "melamar",
    "hours": "24",
    "sections": ["experience"],
}


def address_of(session, person):
    identity = known(digital.find_identity(session, person.id))
    return f"/v/{digital.identity_code(session, identity).code}"


def open_(session, section, by):
    consents.open_section(session, by, section, version=CONSENT_VERSION)
    session.commit()


def share(session, by, **changes):
    token = consents.share(session, by, **SHARE_FORM | changes)
    session.commit()
    return f"/bagikan/{token}"
