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
    find_document,
    open_page,
    open_paper,
    read,
    thumbnail,
)

__all__ = [
    "Checked",
    "NotFound",
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
    "ensure_welcome",
    "find_document",
    "inspect",
    "old_files",
    "open_page",
    "open_paper",
    "read",
    "receive_ticket",
    "remove_files",
    "sums",
    "sweep",
    "thumbnail",
    "without_row",
]
