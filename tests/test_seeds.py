"""Every step of the source documents is shown by a test or assigned to an issue."""

import pytest

from barut_reflex.core import routes
from tools import seeds

STEPS = {
    f"{seed['key']} {number}": (page, issue)
    for seed in seeds.steps()
    for number, _, page, *issue in seed["steps"]
}
SHOWN = seeds.marks()
ADDRESSES = {value for value in vars(routes).values() if isinstance(value, str)}


def test_the_page_is_drawn_from_list_and_marks():
    assert seeds.PAGE.read_text() == seeds.drawn(), "run: python tools/seeds.py"


def test_every_mark_names_a_step():
    assert set(SHOWN) <= set(STEPS)


@pytest.mark.parametrize("step", STEPS)
def test_a_step_has_a_page_and_a_test_or_an_issue_that_owes_it(step):
    page, issue = STEPS[step]
    if step in SHOWN:
        assert not issue, "no longer owed"
        assert page in ADDRESSES or page.rpartition("/")[0] == routes.PROFILE
    else:
        assert issue and str(issue[0]) in seeds.owed()


def test_marks_are_found(tmp_path):
    source = 'import pytest\n@pytest.mark.seed("a 1", "a 2")\ndef test_x(): pass\n'
    (tmp_path / "test_x.py").write_text(source)
    assert set(seeds.marks(tmp_path)) == {"a 1", "a 2"}
