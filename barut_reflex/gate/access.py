"""Nothing is open by default: each event handler and each route carries `@access(...)`."""

from collections.abc import Callable

from ..people.rules import Role

Rule = frozenset[Role] | None

FRAMEWORK = {
    "hydrate",
    "hydrate_and_load",
    "set_is_hydrated",
    "on_load_internal",
    "update_vars_internal",
    "handle_frontend_exception",
}


def access(*roles: Role, first_password: bool = False, inside: bool = False) -> Callable:
    """`@access()` is open to all, `@access(Role.OFFICER)` to officers.

    `first_password=True` keeps it open to somebody who must still change a one-time password.
    `inside=True`: only events that follow on another one, never those a browser sends.
    """

    def mark(function):
        function.__access__ = frozenset(roles)
        function.__first_password__ = first_password
        function.__inside__ = inside
        return function

    return mark


def rule_of(function: Callable) -> Rule:
    """Who may call it. None means nobody: the marker was forgotten."""
    if function.__module__ == "reflex.state":
        return frozenset() if function.__name__ in FRAMEWORK else None
    return getattr(function, "__access__", None)


def permits(rule: Rule, role: Role | None) -> bool:
    return rule is not None and (not rule or role in rule)
