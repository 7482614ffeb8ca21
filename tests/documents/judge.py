"""Shows files to the office and says what went wrong; `python -m tests.documents.judge 5`."""

import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from barut_reflex.core.errors import Refusal
from barut_reflex.core.settings import settings
from barut_reflex.documents import jail, rules
from barut_reflex.documents.imaging import pages

from .corpus import Bad, hostile
from .genuine import GPS_CANARY, genuine
from .walk import signs_of_life


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


def judge(seeds: int) -> dict[str, list]:
    """Both corpora through the jail: hostile files taken alive, genuine ones refused or dirty."""
    result: dict[str, list] = {"hostile": [], "alive": [], "genuine": [], "refused": []}
    with ThreadPoolExecutor(jail.AT_ONCE) as pool:
        bad = pool.map(lambda item: (item[0], verdict(item[1], in_jail=True)), hostile(seeds))
        for name, wrong in bad:
            result["hostile"].append(name)
            result["alive"] += [(name, wrong)] if wrong else []
        good = pool.map(
            lambda item: (item[0], stored(*item[1:], in_jail=True)), genuine(min(seeds, 4))
        )
        for name, kept in good:
            result["genuine"].append(name)
            dirty = kept and signs_of_life(*kept, GPS_CANARY.encode())
            result["refused"] += [(name, dirty)] if kept is None or dirty else []
    return result


if __name__ == "__main__":
    for what, rows in judge(int(sys.argv[1])).items():
        names = Counter(row if isinstance(row, str) else str(row) for row in rows)
        shown = "" if what in ("hostile", "genuine") else dict(names)
        sys.stdout.write(f"{what}: {len(rows)} files in {len(names)} classes {shown}\n")
