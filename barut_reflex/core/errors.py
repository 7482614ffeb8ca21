"""What the office answers when a rule says no."""


class Refusal(Exception):
    """A rule of the office said no.

    `message` is Indonesian and tells what to do next; `field` names the form field it stands at.
    """

    message = "Tindakan ditolak."
    field = ""
    is_counted = False  # True: the try itself is kept (a spent code, a failed login)

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
