"""The assets that browsers load beside the pages are our own, small, and from no other site."""

import re
from pathlib import Path

import pytest
from PIL import Image

from barut_reflex.ui import brand
from barut_reflex.ui.icons import SHAPES, icon

from ..browsing import open_browser
from .drawing import draw

ASSETS = Path(__file__).parents[2] / "assets"
SCRIPTS = sorted(ASSETS.glob("*.js"))
TEXTS = [*SCRIPTS, *ASSETS.glob("*.css"), *ASSETS.glob("*.html"), *ASSETS.glob("*.svg")]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_no_script_needs_what_the_policy_forbids(script):
    source = script.read_text()
    assert not re.search(r"\beval\(|new Function\(|innerHTML|document\.write|on\w+=\"", source)


@pytest.mark.parametrize("text", TEXTS, ids=lambda path: path.name)
def test_nothing_is_fetched_from_other_sites(text):
    addresses = set(re.findall(r"https?://[\w./-]+", text.read_text()))
    assert addresses <= {"http://www.w3.org/2000/svg"}


def test_the_typeface_comes_with_its_licence():
    css = (ASSETS / "site.css").read_text()
    faces = re.findall(r'url\("/(fonts/[\w.-]+)"\)', css)
    assert len(faces) == 3
    for face in faces:
        assert (ASSETS / face).read_bytes()[:4] == b"wOF2"
    assert "SIL Open Font License" in (ASSETS / "fonts" / "OFL.txt").read_text()


def test_every_icon_of_the_manifest_is_there_in_its_size():
    for one in open_browser().get("/manifest.webmanifest").json()["icons"]:
        file = ASSETS / one["src"].lstrip("/")
        if file.suffix == ".png":
            width, height = Image.open(file).size
            assert f"{width}x{height}" == one["sizes"]
        else:
            assert file.exists()


def test_the_mark_on_the_page_is_the_logo():
    logo = (ASSETS / "logo.svg").read_text()
    paths = [one.marks["d"] for one in draw(brand.mark()).all("path")]
    assert len(paths) == 3
    assert all(f'd="{path}"' in logo for path in paths)


@pytest.mark.parametrize("name", SHAPES)
def test_an_icon_is_silent(name):
    drawn = draw(icon(name))
    assert drawn.marks["aria-hidden"] == "true"
    assert drawn.one("path").marks["d"].startswith("M")
