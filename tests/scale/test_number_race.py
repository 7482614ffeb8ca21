"""Several processes approve the same batch on PostgreSQL: no number is issued twice."""

from probes.faults.races import approve_unsafely, run_number_race


def url_of(engine) -> str:
    return engine.url.render_as_string(hide_password=False)


def test_no_number_twice_no_double_approval_no_gap(postgres_office):
    found = run_number_race(url_of(postgres_office), processes=4, applications=20)
    assert found.is_clean
    assert found.refused == 3 * 20


def test_reading_and_then_writing_would_fail(postgres_office):
    found = run_number_race(
        url_of(postgres_office), processes=4, applications=20, approval=approve_unsafely
    )
    assert found.duplicates > 0
    assert found.doubles > 0
