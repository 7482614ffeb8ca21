"""Checks a new password as the forms do: first its form, then how easily it is guessed."""

from collections.abc import Iterable

from barut_reflex.accounts import rules


def password_error(password: str, own_words: Iterable[str] = ()) -> str | None:
    return rules.form_error(password) or rules.guess_error(password, own_words)
