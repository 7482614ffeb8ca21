"""Exceptions for refused acts: `Refusal` with its Indonesian message, `Invalid` for form fields."""


class Refusal(Exception):
    """An act was refused by a rule; subclasses are named by the reason.

    `message` is Indonesian and tells what to do next; `field` names the form field it belongs to.
    """

    message = "Tindakan ditolak."
    field = ""
    is_counted = False  # True: what the act wrote is committed (a used code, a failed login)

    def __init__(self, message: str = "", *, field: str = ""):
        self.message = message or self.message
        self.field = field or self.field
        super().__init__(self.message)


class Invalid(Refusal):
    """Several fields of one form are wrong; `errors` maps each field to its sentence."""

    message = "Beberapa isian perlu diperbaiki. Periksa tanda merah di bawah."

    def __init__(self, errors: dict[str, str]):
        super().__init__(field=next(iter(errors), ""))
        self.errors = errors
