"""Access rules: the marker `@access(...)` of handlers and routes, and whether it permits a role.

Without the marker a handler or a guarded route is closed; `FRAMEWORK` lists Reflex's own handlers.
"""

from collections.abc import Callable

from ..people.rules import Role

Rule = frozenset[Role] | None

FRAMEWORK = {  # handlers of Reflex itself that every page needs
    "hydrate",
    "hydrate_and_load",
    "set_is_hydrated",
    "on_load_internal",
    "update_vars_internal",
    "handle_frontend_exception",
}


def access(*roles: Role, first_password: bool = False, inside: bool = False) -> Callable:
    """`@access()` is open to all, `@access(Role.OFFICER)` to officers.

    `first_password=True`: also for somebody who must still replace a one-time password.
    `inside=True`: only when another handler starts it, never when a browser sends it.
    """

    def mark(function):
        function.__access__ = frozenset(roles)
        function.__first_password__ = first_password
        function.__inside__ = inside
        return function

    return mark


def rule_of(function: Callable) -> Rule:
    """The roles that may call it, empty for everybody; None for nobody, without a marker."""
    if function.__module__ == "reflex.state":
        return frozenset() if function.__name__ in FRAMEWORK else None
    return getattr(function, "__access__", None)


def permits(rule: Rule, role: Role | None) -> bool:
    """Whether the rule lets this role in; `role` is None for somebody who is not signed in."""
    return rule is not None and (not rule or role in rule)
