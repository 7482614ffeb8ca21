"""Runs one file through the upload check; says what was wrong in how a hostile one was treated."""

from barut_reflex.core.errors import Refusal
from barut_reflex.core.settings import settings
from barut_reflex.documents import jail, rules
from barut_reflex.documents.imaging import pages

from .active_content import signs_of_life
from .corpus import Bad


def stored(name: str, content: bytes, *, in_jail: bool = False) -> tuple[bytes, str] | None:
    """What the office would keep of a file, and its media type; None for a refusal."""
    try:
        rules.check_size(len(content), settings.paper_limit)
        found = rules.format_of(content[:16])
        rules.check_name(rules.shown_name(name), found)
        if in_jail:
            rebuilt = jail.rebuild([content])
            return rebuilt.content, rebuilt.media_type
        return pages.rebuild([(content, found)])[:2]
    except Refusal:
        return None
    except Exception:  # as in the jail's child: a decoder may raise anything
        return None


def verdict(bad: Bad, *, in_jail: bool = False) -> list[str]:
    """What is wrong with how a hostile file was treated; empty when all is well."""
    kept = stored(bad.name, bad.content, in_jail=in_jail)
    if kept is None:
        return []
    return ["taken"] if bad.must_refuse else signs_of_life(*kept, bad.canary)
