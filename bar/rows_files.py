"""Uploads: hostile and genuine files, huge bodies, bombs, quotas, foreign access (rows 18-24)."""

import functools
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import pytest

from barut_reflex.documents.service import attachments
from measure.row import Figure, Scale
from probes.faults import corpora, quota
from probes.faults.backend import Backend
from probes.faults.bytes_read import can_watch, reads_of
from probes.faults.foreign_papers import cookie_of, request_all, sign_in
from probes.faults.large_bodies import BodiesResult, send_bodies
from probes.servers import empty_database

from .table import TABLE

MEGABYTE = 2**20


@functools.cache
def _judged(scale: Scale) -> corpora.CorpusResult:
    """Rows 18, 19 and 21 look at the same run; in full every file goes through the jail."""
    seeds, good = scale.of((1, 1), (5, 4), (5, 4))
    return corpora.run_corpora(seeds, genuine_seeds=good, in_jail=scale is Scale.FULL)


@TABLE.row(
    18,
    "Hostile uploads tried / stored with active content",
    goal=">= 2,000 (300 classes) / 0",
    points=4,
)
def bad_uploads(scale: Scale) -> Figure:
    found = _judged(scale)
    detail = f"{found.classes} classes; bombs in the jail, the others "
    detail += "in the jail too" if scale is Scale.FULL else "by the same code without its walls"
    enough = found.classes >= 300 and (scale is Scale.SMALL or found.bad >= 2000)
    passed = not found.alive and enough
    return Figure(
        f"{found.bad:,} / {len(found.alive)}", passed, f"{detail} {found.alive[:3] or ''}"
    )


@TABLE.row(19, "Genuine phone and scan files refused", goal="<= 1 % of 200", points=2)
def genuine_uploads(scale: Scale) -> Figure:
    found = _judged(scale)
    share = len(found.refused) / found.good
    enough = scale is Scale.SMALL or found.good >= 200
    detail = "cameras, orientations, colour spaces, progressive, CMYK, 16 bit, scanners' PDFs "
    detail += str(found.refused[:3] or "")
    return Figure(f"{share:.1%} of {found.good}", share <= 0.01 and enough, detail)


@TABLE.row(
    20,
    "1 GB bodies x 20: bytes read of each, left on disk, memory growth",
    goal="<= 6 MB, 0, <= 20 MB",
    points=3,
)
def large_bodies(scale: Scale) -> Figure:
    bodies, megabytes = scale.of((3, 50), (20, 1000), (20, 1000))
    with _office() as office:
        people = [office.one("job_seeker", number) for number in range(6)]
        cookies = [cookie_of(sign_in(office, person)) for person in people]
        send_bodies(office, cookies, 6, megabytes)  # buffers once filled are kept by any server
        with reads_of(office) if can_watch() else nullcontext({}) as reads:
            found = send_bodies(office, cookies, bodies, megabytes)
        attacker = send_bodies(office, ["sesi=x"], bodies, megabytes)
    with _office(BARUT_UPLOAD_CAP=str(1 << 40)) as office:
        cookie = cookie_of(sign_in(office, office.one("job_seeker")))
        control = send_bodies(office, [cookie], 1, 50)
    read = max(reads.values()) / MEGABYTE if reads else found.sent
    how = "as the kernel saw the server read" if reads else "as the sender got rid of"
    detail = (
        f"{bodies} bodies of {megabytes} MB, half of them of unknown length, {how}; answers "
        f"{_answers(found)}; without a session {_answers(attacker)}; "
        f"control (no cap): {control.sent:.0f} MB"
    )
    value = f"{read:.1f} MB, {found.left + attacker.left}, {max(found.grown, 0):.0f} MB"
    small = read <= 6 and found.grown <= 20 and attacker.sent < 4
    clean = not (found.left or attacker.left) and found.is_up and attacker.is_up
    return Figure(value, small and clean and control.sent > 45, detail)


def _answers(found: BodiesResult) -> str:
    return ", ".join(f"{count} x {status}" for status, count in found.answers.items())


@TABLE.row(21, "Stored files with EXIF, GPS or active objects", goal="0", points=2)
def stored_files(scale: Scale) -> Figure:
    found = _judged(scale)
    wrong = [*found.alive, *found.dirty]
    detail = f"object walk of what is stored of {found.bad:,} bad and {found.good} genuine files "
    return Figure(str(len(wrong)), not wrong, detail + str(wrong[:3] or ""))


@TABLE.row(
    22,
    "Stored files readable without session or by another person",
    goal="0",
    points=3,
)
def foreign_readers(scale: Scale) -> Figure:
    papers = scale.of(3, 20, 20)
    with _office() as office:
        asked = request_all(office, papers)
    detail = (
        f"{asked.times} requests for {papers} papers by nobody and by two other people, by id, "
    )
    detail += f"name, sum and path; control: the owner sees {asked.seen_by_owner}"
    passed = not asked.leaks and asked.seen_by_owner > 0
    return Figure(str(len(asked.leaks)), passed, f"{detail} {asked.leaks[:3] or ''}")


@TABLE.row(
    23,
    "Decompression bombs: resident memory / time",
    goal="<= 512 MB / <= 10 s",
    points=1,
    timed=True,
)
def bombs(scale: Scale) -> Figure:
    found = corpora.run_bombs()
    detail = f"{found.bombs} bombs, each in the jail; the worst needed {found.cpu:.1f} s of CPU"
    passed = not found.taken and found.memory <= 512 and found.wall <= 10
    value = f"{found.memory:.0f} MB / {found.wall:.1f} s"
    return Figure(value, passed, f"{detail} {found.taken[:3] or ''}")


@TABLE.row(24, "Storage quotas of one person that were exceeded", goal="0", points=1)
def quotas(scale: Scale) -> Figure:
    processes, each = scale.of((3, 18), (8, 60), (8, 200))
    with _folder() as folder:
        kept = quota.try_all(folder, processes=processes, each=each)
    with _folder() as folder, empty_database() as url:
        other = quota.try_all(folder, processes=processes, each=each, url=url)
    with _folder() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(attachments, "check_stored_quota", lambda *_: None)
        control = quota.try_all(folder, processes=3, each=18)
    detail = (
        f"{kept.tries + other.tries:,} tries from {processes} processes, SQLite and PostgreSQL; "
    )
    detail += f"control (replaced papers not counted): {control.overruns}"
    overruns = kept.overruns + other.overruns
    return Figure(str(overruns), overruns == 0 and control.overruns > 0, detail)


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="barut-bar-") as folder:
        yield Path(folder)


@contextmanager
def _office(**env: str) -> Iterator[Backend]:
    with _folder() as folder, Backend(folder / "office", BARUT_BCRYPT_COST="4", **env) as office:
        yield office
