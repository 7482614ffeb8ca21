"""Changes of a person's facts (personal data, education, biodata): checks a form and saves it."""

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
REQUIRED_TO_SAVE = ("nik", "name", "education")  # other fields of a draft may stay empty
NIK_CHANGED_TOO_OFTEN = (
    f"NIK sudah diubah {NIK_CHANGES_A_DAY} kali hari ini. Coba lagi besok, atau hubungi kantor."
)


class PartlyInvalid(Invalid):
    """Some fields are wrong; the other fields of the same form were saved all the same."""

    is_counted = True


def save_personal(
    session: Session, by: Person, form: Mapping[str, object], *, partial: bool = False
) -> None:
    """Save my personal data. Keys of `form` that are no field of it are ignored.

    With `partial`, when one field is saved as it is left: valid fields are saved, and
    `PartlyInvalid` names the others. Otherwise all or nothing: `Invalid` has a sentence for each
    wrong field, and a field missing from `form` was not changed on the screen, so its stored value
    counts. Whether another person has the same NIK is not looked up here, so no answer reveals it.
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
    """Save my education and skills, as `save_personal` does.

    A level that has no major or year of graduation clears them.
    """
    profile = lock_profile(session, by)
    form = form if partial else as_form(profile) | dict(form)
    checked = check_education(form, profile.education, profile.birth_date, check_context())
    _save(session, profile, checked, by=by, partial=partial)


def save_biodata(
    session: Session, by: Person, form: Mapping[str, object], *, partial: bool = False
) -> None:
    """Save step 2 of my profile, the AK1's personal data among it, as `save_personal` does.

    Allowed at any time: a sent application and a card have copies of their own.
    """
    profile = lock_profile(session, by)
    form = form if partial else typed_biodata(session, by=by) | dict(form)
    stored = {name: getattr(profile, name) for name in _REGIONS}
    checked = check_biodata(form, stored, check_context())
    _limit_nik_changes(session, profile, checked, partial)
    _save(session, profile, checked, by=by, partial=partial)


def save_school(
    session: Session, by: Person, form: Mapping[str, object], *, partial: bool = False
) -> None:
    """Save step 3 of my profile: my last education, with the school and its grade."""
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
    """A sentence for each stored field that breaks a rule, such as a graduation before the birth.

    It was right when it was saved; another field has changed since.
    """
    form = as_form(profile)
    path = {level: getattr(profile, level) for level in regions.LEVELS}
    personal = check_personal(form, path, check_context())
    education = check_education(form, profile.education, profile.birth_date, check_context())
    return personal.errors | education.errors


def lock_profile(session: Session, by: Person) -> Profile:
    """My profile's row, locked until the transaction ends; created when there is none.

    Two tabs that create it at the same time get the same row.
    """
    if stored := session.get(Profile, by.id, with_for_update=True):
        return stored
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
    """Errors and missing required fields of a whole form, in the order of the screen."""
    labels = PERSONAL | BIODATA | EDUCATION | SCHOOL
    empty = {name for name in REQUIRED_TO_SAVE if checked.values.get(name, True) in ("", None)}
    errors = checked.errors | {name: f"{labels[name]} belum diisi." for name in empty}
    return {name: errors[name] for name in labels if name in errors}


def check_context() -> CheckContext:
    """Today's date and the office's minimum age, for a check of a form."""
    return CheckContext(clock.today(), settings.min_age)
