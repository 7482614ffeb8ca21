"""Adding a desk needs its folder and its place in the layers, and no other change."""

import configparser
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from barut_reflex.core import desks

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "barut_reflex"
FREE = {"core", "ui", "gate", "demo"}  # no desks: their files have names of their own

DESK = '''"""The counter: who waits."""

from ..core.desks import Command, Desk, MenuEntry, Screen, Section, Web
from ..core.worker import Job
from ..people.rules import STAFF
from ..core import routes


def web() -> Web:
    from .web import queue

    return Web(
        screens=[Screen(page=queue.queue_page, route="/antrean", title="Antrean")],
        routes=queue.ROUTES,
        sections=[Section(route=routes.DESK, position=50, draw=queue.queue_page)],
    )


def call_next(database, asked) -> int:
    with database.reading() as session:
        print(f"loket {asked.number}, {session.is_active}")
    return 0


DESK = Desk(
    web=web,
    menu=[MenuEntry(name="Antrean", route="/antrean", icon="users", roles=STAFF, position=95)],
    jobs=[Job(3600, "queue", lambda session: None)],
    commands=[
        Command(group="loket", help="antrean"),
        Command(
            group="loket",
            name="panggil",
            help="panggil berikutnya",
            run=call_next,
            options=lambda parser: parser.add_argument("number", type=int),
        ),
    ],
    own_data={"antrean": lambda session, person: []},
    retention={"queueticket": "sampai hari itu berakhir"},
)
'''
QUEUE = '''"""The queue, as a page and as a plain answer."""

import reflex as rx
from starlette.responses import PlainTextResponse
from starlette.routing import Route


def queue_page() -> rx.Component:
    return rx.el.p("Antrean")


async def length(request):
    return PlainTextResponse("3")


ROUTES = [Route("/antrean/panjang", length)]
'''
PROBE = """
import json, sys
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlmodel import SQLModel
from barut_reflex import cli
from barut_reflex.core import db, desks, worker

found = {"command": cli.main(["loket", "panggil", "2"])}  # migrates first
with db.engine.connect() as connection:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    found["drift"] = len(compare_metadata(context, SQLModel.metadata))
found["reflex"] = sorted({"reflex", "starlette"} & set(sys.modules))

from barut_reflex import barut_reflex as office

found["loaded"] = sorted({"reflex", "starlette"} & set(sys.modules))
found["desks"] = list(desks.all_desks())
found["menu"] = [entry.name for entry in desks.collect(lambda desk: desk.menu)]
found["sections"] = [section.draw.__module__ for section in desks.sections_of("/admin")]
found["own_data"] = list(desks.merge(lambda desk: desk.own_data))
found["retention"] = list(desks.merge(lambda desk: desk.retention))
found["jobs"] = list(worker.JOBS)
found["routes"] = [route.path for route in office.ROUTES]
found["pages"] = [screen.route for screen in office.SCREENS]
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    """The office with one more desk: its folder, and a line in the layers."""
    tree = tmp_path_factory.mktemp("tree")
    for name in ("barut_reflex", "alembic", "tools"):
        shutil.copytree(ROOT / name, tree / name)
    for name in ("alembic.ini", "rxconfig.py"):
        shutil.copy(ROOT / name, tree)
    web = tree / "barut_reflex" / "counter" / "web"
    web.mkdir(parents=True)
    (web.parent / "desk.py").write_text(DESK)
    (web / "queue.py").write_text(QUEUE)
    for folder in (web, web.parent):
        (folder / "__init__.py").touch()
    layers = (ROOT / ".importlinter").read_text()
    (tree / ".importlinter").write_text(layers.replace("    home\n", "    home\n    counter\n"))
    return tree


def lint(tree, layers=".importlinter"):
    """The exit status of the linter, and what it says."""
    command = [Path(sys.executable).parent / "lint-imports", "--no-cache", "--config", layers]
    done = subprocess.run(command, cwd=tree, capture_output=True, text=True)
    return done.returncode, done.stdout


@pytest.fixture(scope="module")
def found(tree):
    """What the office with the new desk tells about itself."""
    own = {"BARUT_ENV": "demo", "BARUT_VAR": str(tree / "var"), "BARUT_UPLOADS": str(tree / "u")}
    env = {**os.environ, **own, "PYTHONPATH": str(tree)}
    done = subprocess.run(
        [sys.executable, "-c", PROBE], cwd=tree, env=env, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    told, _, facts = done.stdout.strip().rpartition("\n")
    return json.loads(facts) | {"told": told}


def test_the_contracts_are_kept_with_it(tree):
    status, said = lint(tree)
    assert status == 0, said


def test_without_its_place_in_the_layers_it_is_refused(tree):
    shutil.copy(ROOT / ".importlinter", tree / "without.ini")
    status, said = lint(tree, "without.ini")
    assert status != 0
    assert "- barut_reflex.counter" in said


@pytest.mark.parametrize(
    ("file", "taken", "arrow"),
    [
        ("desk.py", "from ..home import desk", "counter.desk -> barut_reflex.home.desk"),
        ("desk.py", "from ..core import db", "counter.desk -> barut_reflex.core.db"),
        ("desk.py", "import reflex", "counter.desk -> reflex"),
        ("desk.py", "from ..cards.web import prints", "desk -> barut_reflex.cards.web.prints"),
        ("web/queue.py", "from ...site.web import help", "queue -> barut_reflex.site.web.help"),
    ],
)
def test_what_a_desk_may_not_import(tree, file, taken, arrow):
    """A desk above, the database, Reflex outside `web`, the screens of another desk."""
    path = tree / "barut_reflex" / "counter" / file
    whole = path.read_text()
    path.write_text(f"{whole}\n{taken}\n")
    status, said = lint(tree)
    path.write_text(whole)
    assert status != 0
    assert arrow in " ".join(said.split())  # long lines are broken


def test_everybody_who_asks_the_manifests_finds_it(found):
    assert "counter" in found["desks"]
    assert "Antrean" in found["menu"]
    assert "queue" in found["jobs"]
    assert "/antrean/panjang" in found["routes"]
    assert "/antrean" in found["pages"]
    assert "barut_reflex.counter.web.queue" in found["sections"]
    assert "antrean" in found["own_data"]
    assert "queueticket" in found["retention"]


def test_its_command_is_done_and_no_migration_is_missing(found):
    assert (found["command"], found["told"]) == (0, "loket 2, True")
    assert found["drift"] == 0


def test_migrations_and_command_line_do_without_reflex(found):
    assert found["reflex"] == []
    assert found["loaded"] == ["reflex", "starlette"]  # the control: the server loads it


def test_two_desks_cannot_give_the_same_part(monkeypatch):
    one, other = (desks.Desk(retention={"queueticket": words}) for words in ("sehari", "setahun"))
    monkeypatch.setattr(desks, "all_desks", lambda: {"counter": one})
    assert desks.merge(lambda desk: desk.retention) == {"queueticket": "sehari"}
    monkeypatch.setattr(desks, "all_desks", lambda: {"counter": one, "intake": other})
    with pytest.raises(ValueError, match="queueticket"):
        desks.merge(lambda desk: desk.retention)


# -- the contracts themselves -----------------------------------------------------------------


def contracts():
    parser = configparser.ConfigParser()
    parser.read(ROOT / ".importlinter")
    return parser


def known_files():
    """The names a file of a desk may have."""
    layers = contracts()["importlinter:contract:inside"]["layers"]
    return set(layers.replace("|", " ").replace("(", " ").replace(")", " ").split())


def strange_files(package):
    """Files whose name is in no contract, by the folder of each desk."""
    paths = [path for path in package.glob("*/*") if path.parent.name not in FREE]
    named = [path for path in paths if path.suffix == ".py" or (path / "__init__.py").exists()]
    known = known_files() | {"__init__"}
    return {f"{path.parent.name}/{path.stem}" for path in named if path.stem not in known}


def test_every_file_of_a_desk_has_a_name_the_house_knows():
    assert strange_files(PACKAGE) == set()


def test_a_strange_file_would_be_found(tmp_path):
    for name in ("counter", "core"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "helpers.py").touch()
    assert strange_files(tmp_path) == {"counter/helpers"}


def test_every_desk_has_a_manifest():
    folders = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert set(desks.all_desks()) == folders - FREE | {"gate"}


def test_no_contract_has_exceptions():
    assert "ignore" not in (ROOT / ".importlinter").read_text()


# -- where the papers of people lie -----------------------------------------------------------


def is_ignored(path):
    done = subprocess.run(["git", "check-ignore", "-q", "--no-index", path], cwd=ROOT)
    return done.returncode == 0


def test_nothing_of_the_papers_can_be_committed_but_the_line_that_says_so():
    assert is_ignored("uploaded_files/papers/0f.jpg")
    assert is_ignored("uploaded_files/notes.md")
    assert not is_ignored("uploaded_files/README.md")
