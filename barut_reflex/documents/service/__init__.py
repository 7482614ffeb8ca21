"""Papers: bytes wait in quarantine, are drawn anew, stored, shown to the right people, swept.

Whether a paper may be changed just now (the application is a draft) is asked by the feature that
knows applications; here stands only whose paper it is.
"""

from .arrival import (
    Checked,
    TooManyUploads,
    UploadLost,
    check,
    ensure_welcome,
    inspect,
    receive_ticket,
)
from .keeping import (
    QuotaReached,
    ReplacedTooOften,
    attach,
    broken_papers,
    current_papers,
    current_proofs,
    detach,
    old_files,
    remove_files,
    sums,
    sweep,
    without_row,
)
from .views import (
    NotFound,
    Page,
    draw_page,
    drawn_before,
    find_document,
    find_page,
    open_paper,
    read,
)

__all__ = [
    "Checked",
    "NotFound",
    "Page",
    "QuotaReached",
    "ReplacedTooOften",
    "TooManyUploads",
    "UploadLost",
    "attach",
    "broken_papers",
    "check",
    "current_papers",
    "current_proofs",
    "detach",
    "draw_page",
    "drawn_before",
    "ensure_welcome",
    "find_document",
    "find_page",
    "inspect",
    "old_files",
    "open_paper",
    "read",
    "receive_ticket",
    "remove_files",
    "sums",
    "sweep",
    "without_row",
]
