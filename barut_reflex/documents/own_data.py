"""Documents' part of a person's data copy: a list of every paper still stored, and the files.

Replaced papers that were sent with an application are among them.
"""

from collections.abc import Callable
from functools import partial

from sqlmodel import Session, col, select

from ..core import clock
from ..core.indonesian import dated
from ..people.models import Person
from .models import Document
from .rules import LABELS
from .service import views


def papers(session: Session, person: Person) -> list[dict[str, object]]:
    """The person's papers, as rows of `data.json`."""
    return [_paper(paper) for paper in _papers(session, person)]


def files(session: Session, person: Person) -> dict[str, Callable[[], bytes]]:
    """What reads each file, by its name in the copy; it raises NotFound when the file is lost."""
    return {file_name_of(paper): partial(views.read, paper) for paper in _papers(session, person)}


def file_name_of(paper: Document) -> str:
    """The paper's file name in the copy."""
    ending = "pdf" if paper.media_type == "application/pdf" else "jpg"
    day = clock.office_day(paper.at)
    return f"berkas/{paper.kind}-{day:%Y%m%d}-{paper.public_id[:8]}.{ending}"


def _papers(session: Session, person: Person) -> list[Document]:
    mine = select(Document).where(Document.owner_id == person.id)
    return list(session.exec(mine.order_by(col(Document.id))))


def _paper(paper: Document) -> dict[str, object]:
    return {
        "jenis": LABELS[paper.kind],
        "nama_asli": paper.original_name,
        "diterima": dated(paper.at),
        "diganti": dated(paper.replaced),
        "file": file_name_of(paper),
    }
