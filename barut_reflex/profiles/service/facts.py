"""The person's facts: kept once, checked here, copied by whatever needs them."""

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from ...core import audit, clock, limits, regions
from ...core.errors import Invalid
from ...core.settings import settings
from ...people.models import Person
from ..models import Profile
from ..queries.facts import (
    as_form,
    typed_personal,
)
from ..queries.steps import typed_biodata, typed_school
from ..rules.biodata import BIODATA, SCHOOL, check_biodata
from ..rules.checks import CheckContext, CheckResult, check_education, check_personal
from ..rules.facts import EDUCATION, PERSONAL, Education

_REGIONS = ("domicile", *regions.LEVELS, *(f"domicile_{level}" for level in regions.LEVELS))
NIK_CHANGES_A_DAY = 5
REQUIRED_TO_SAVE = ("nik", "name", "education")  # the rest of a draft may follow later
NIK_CHANGED_TOO_OFTEN = (
    f"NIK sudah diubah {NIK_CHANGES_A_DAY} kali hari ini. Coba lagi besok, atau hubungi kantor."
)


class PartlyInvalid(Invalid):
    """Some fields left behind are wrong; the others of the same form are kept all the same."""

    is_counted = True


def save_personal(
    session: Session, by: Person, form: Mapping[str, object], *, partial: bool = False
) -> None:
    """Keep my personal data. Keys that are no field of it are ignored.

    `partial`: a field was just left: what is right is kept, `PartlyInvalid` names the rest.
    Otherwise all or nothing: `Invalid` with a sentence for each wrong field; a field that is not
    in `form` was not changed there, and counts as it stands here. That another person has the
    same NIK is never looked up here, so no answer can tell it.
    """
    profile = lock_profile(session, by)
    form = form if partial else typed_personal(session, by=by) | dict(form)
    path = {level: getattr(profile, level) for level in regions.LEVELS}
    checked = check_personal(form, path, check_context())
    _limit_nik_changes(session, profile, checked, partial)
    _save(session, profile, checked, by=by, partial=partial)


def save_education(
    session: Session, by: Person, form: Mapping[str, object], *, partial: bool = False
) -> None:
    """Keep my education and skills, in the manner of `save_personal`.

    A level without major or year of graduation clears them.
    """
    profile = lock_profile(session, by)
    form = form if partial else as_form(profile) | dict(form)
    checked = check_education(form, profile.education, profile.birth_date, check_context())
    _save(session, profile, checked, by=by, partial=partial)


def save_biodata(
    session: Session, by: Person, form: Mapping[str, object], *, partial: bool = False
) -> None:
    """Keep step 2 of my profile, the personal data of the AK1 among it, as `save_personal` does.

    Open at any time: an application that was sent, and a card, keep the facts they were given.
    """
    profile = lock_profile(session, by)
    form = form if partial else typed_biodata(session, by=by) | dict(form)
    kept = {name: getattr(profile, name) for name in _REGIONS}
    checked = check_biodata(form, kept, check_context())
    _limit_nik_changes(session, profile, checked, partial)
    _save(session, profile, checked, by=by, partial=partial)


def save_school(
    session: Session, by: Person, form: Mapping[str, object], *, partial: bool = False
) -> None:
    """Keep step 3 of my profile: my last education, with the school and its grade."""
    profile = lock_profile(session, by)
    form = form if partial else typed_school(session, by=by) | dict(form)
    checked = check_education(form, profile.education, profile.birth_date, check_context())
    named = check_biodata(
        {name: form[name] for name in SCHOOL if name in form}, {}, check_context()
    )
    checked.values |= {name: named.values[name] for name in SCHOOL if name in named.values}
    checked.errors |= named.errors
    if checked.values.get("education", profile.education) is Education.NONE:
        checked.values |= dict.fromkeys(SCHOOL, "")
    _save(session, profile, checked, by=by, partial=partial)


def errors_of(profile: Profile) -> dict[str, str]:
    """What no longer stands the rules, such as a year of graduation before a changed birth."""
    form = as_form(profile)
    path = {level: getattr(profile, level) for level in regions.LEVELS}
    personal = check_personal(form, path, check_context())
    education = check_education(form, profile.education, profile.birth_date, check_context())
    return personal.errors | education.errors


def lock_profile(session: Session, by: Person) -> Profile:
    """My stored profile; two tabs that begin it at once get the same row."""
    if kept := session.get(Profile, by.id, with_for_update=True):
        return kept
    try:
        with session.begin_nested():
            begun = Profile(person_id=by.id, updated=clock.now())
            session.add(begun)
        return begun
    except IntegrityError:
        return session.get_one(Profile, by.id, with_for_update=True)


def _limit_nik_changes(
    session: Session, profile: Profile, checked: CheckResult, partial: bool
) -> None:
    nik = checked.values.get("nik")
    if not nik or nik == profile.nik or (checked.errors and not partial):
        return
    key = f"nik-change:{profile.person_id}"
    if not limits.spend(session, key, limit=NIK_CHANGES_A_DAY, per=timedelta(days=1)):
        del checked.values["nik"]
        checked.errors = {"nik": NIK_CHANGED_TOO_OFTEN} | checked.errors


def _save(
    session: Session, profile: Profile, checked: CheckResult, *, by: Person, partial: bool
) -> None:
    if not partial and (gaps := _errors_before_saving(checked)):
        raise Invalid(gaps)
    changed = {
        name: value for name, value in checked.values.items() if getattr(profile, name) != value
    }
    if changed:
        for name, value in changed.items():
            setattr(profile, name, value)
        profile.updated = clock.now()
        session.add(profile)
        fields = ", ".join(sorted(changed))
        subject = by.public_id
        audit.record(
            session, "save_profile", by=by, subject=subject, nik=profile.nik, detail=fields
        )
    if checked.errors:
        raise PartlyInvalid(checked.errors)


def _errors_before_saving(checked: CheckResult) -> dict[str, str]:
    """What stands in the way of keeping the whole form, in the order of the screen."""
    labels = PERSONAL | BIODATA | EDUCATION | SCHOOL
    empty = {name for name in REQUIRED_TO_SAVE if checked.values.get(name, True) in ("", None)}
    errors = checked.errors | {name: f"{labels[name]} belum diisi." for name in empty}
    return {name: errors[name] for name in labels if name in errors}


def check_context() -> CheckContext:
    return CheckContext(clock.today(), settings.min_age)
