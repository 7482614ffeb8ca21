"""Requests stored papers over HTTP as guest and as other people, at every address one might try."""

import sqlite3
from dataclasses import dataclass, field
from typing import Any

import httpx

from .backend import Backend

FOREIGN_PATHS = (
    "/uploaded_files/papers/{file}",
    "/uploaded_files/{file}",
    "/papers/{file}",
    "/_upload/{file}",
    "/_upload/papers/{file}",
    "/berkas/{file}",
    "/berkas/../uploaded_files/papers/{file}",
    "/berkas/%2e%2e%2fuploaded_files%2fpapers%2f{file}",
    "/berkas/..%5cuploaded_files%5cpapers%5c{file}",
    "/berkas//{file}",
    "/berkas/{sha256}",
    "/berkas/{id}",
    "/berkas/{public_id}.jpg",
    "/assets/{file}",
    "/var/barut.db",
    "/var/secret",
    "/var/keys/1.pem",
)
PAPER_PATHS = (
    "/berkas/{public_id}",
    "/berkas/{public_id}/",
    "/berkas/{public_id}?halaman=1",
    "/berkas/{public_id}?halaman=1&ukuran=kecil",
)


@dataclass
class RequestResult:
    """How often attackers asked, what they got to see, and whether the owner may look."""

    times: int = 0
    leaks: list[str] = field(default_factory=list)
    seen_by_owner: int = 0


def request_all(office: Backend, papers: int) -> RequestResult:
    """For so many papers: everybody but the owner and the office, at every address."""
    found, rows = RequestResult(), _papers(office, papers)
    attackers = {"nobody": httpx.Client(base_url=f"http://127.0.0.1:{office.port}")}
    for number in range(2):
        person = office.one("job_seeker", number)
        attackers[person["email"]] = sign_in(office, person)
    for row in rows:
        for who, browser in attackers.items():
            for place in FOREIGN_PATHS + PAPER_PATHS:
                address = place.format(**row)
                if who == row["email"] and place in PAPER_PATHS:
                    continue
                found.times += 1
                if _shows_a_paper(browser.get(address)):
                    found.leaks.append(f"{who}: {place}")
    for row in rows:
        owner = sign_in(office, _account(office, row["email"]))
        found.seen_by_owner += _shows_a_paper(owner.get(PAPER_PATHS[0].format(**row)))
    return found


def sign_in(office: Backend, person: dict[str, str]) -> httpx.Client:
    """Through the login form."""
    address = f"http://127.0.0.1:{office.port}"
    browser = httpx.Client(base_url=address, headers={"Origin": address}, timeout=30)
    form = {"email": person["email"], "password": person["password"]}
    assert browser.post("/masuk", data=form).status_code == 303
    return browser


def cookie_of(browser: httpx.Client) -> str:
    """The Cookie header of somebody signed in."""
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in browser.cookies.jar)


def _papers(office: Backend, many: int) -> list[dict[str, Any]]:
    """Papers of the people who can sign in, newest first."""
    emails = [p["email"] for p in office.people if p["role"] == "job_seeker"]
    marks = ",".join("?" * len(emails))
    question = (
        "SELECT d.id, d.public_id, d.file, d.sha256, p.email FROM document d "
        f"JOIN person p ON p.id = d.owner_id WHERE p.email IN ({marks}) ORDER BY d.id DESC LIMIT ?"
    )
    with sqlite3.connect(office.var / "var" / "barut.db") as database:
        database.row_factory = sqlite3.Row
        return [dict(row) for row in database.execute(question, (*emails, many))]


def _account(office: Backend, email: str) -> dict[str, str]:
    return next(person for person in office.people if person["email"] == email)


def _shows_a_paper(answer: httpx.Response) -> bool:
    """Whether the answer holds a picture, a PDF, a database or a key."""
    heads = (b"\xff\xd8\xff", b"%PDF", b"\x89PNG", b"SQLite format", b"-----BEGIN")
    return answer.status_code == 200 and answer.content.startswith(heads)
