"""The build contains no address of its own; unexpected output of the exporter is refused."""

import gzip

import pytest

from tools import frontend

EXPORTED = (
    f"var e={{PING:`https://{frontend.STAND_IN}/ping`,EVENT:`wss://{frontend.STAND_IN}/_event`}};"
)


@pytest.fixture
def client(tmp_path):
    (tmp_path / "assets").mkdir()
    return tmp_path


def write(client, *texts):
    paths = [client / "assets" / f"reflex-env-{nth}.js" for nth, _ in enumerate(texts)]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text)
    return paths


@pytest.mark.parametrize("quote", ["`", '"', "'"])
def test_the_chunk_and_its_packed_twin_ask_where_the_page_came_from(client, quote):
    [chunk] = write(client, EXPORTED.replace("`", quote))
    frontend.use_origin(client)
    assert chunk.read_text() == (
        f"var e={{PING:location.origin+{quote}/ping{quote},"
        f"EVENT:location.origin.replace(`http`,`ws`)+{quote}/_event{quote}}};"
    )
    assert gzip.decompress(chunk.with_name("reflex-env-0.js.gz").read_bytes()).decode() == (
        chunk.read_text()
    )


@pytest.mark.parametrize(
    "texts",
    [
        [],
        [EXPORTED, EXPORTED],
        ["var e={PING:`http://localhost:3000/ping`};"],
        [f"{EXPORTED}var other=`//{frontend.STAND_IN}`"],
    ],
    ids=["none", "two", "another address", "an address left"],
)
def test_a_chunk_that_is_not_as_usual_fails_the_build(client, texts):
    write(client, *texts)
    with pytest.raises(SystemExit, match="reflex-env"):
        frontend.use_origin(client)


def test_port_and_address_make_no_other_build(monkeypatch):
    before = frontend.fingerprint()
    monkeypatch.setenv("PORT", "3999")
    monkeypatch.setenv("BARUT_BASE_URL", "https://barutkerja.example.go.id")
    monkeypatch.setenv("BARUT_ENV", "production")
    assert frontend.fingerprint() == before


def test_another_source_makes_another_build(monkeypatch, tmp_path):
    monkeypatch.setattr(frontend, "ROOT", tmp_path)
    before = frontend.fingerprint()
    (tmp_path / "rxconfig.py").write_text("x = 1")
    assert frontend.fingerprint() != before
