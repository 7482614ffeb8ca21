"""Builds the browser front end with `reflex export`, valid for any address, if a source changed."""

import fcntl
import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ON_EVERY_PAGE = ("ui", "ticks", "profile", "upload", "desk", "scan")
FETCHED_LATER = ("/periksa/check.js", "/periksa/read.js")
# Placeholder server address for the export; `use_origin` replaces it. The name of the chunk is a
# hash of what the exporter wrote, so change this address whenever the replacement changes: else
# browsers keep the old chunk in their cache.
STAND_IN = "alamat.invalid"
HERE, HERE_BY_SOCKET = "location.origin", "location.origin.replace(`http`,`ws`)"
SOURCES = (
    "barut_reflex/**/*.py",
    "assets/**/*",
    "rxconfig.py",
    "tools/frontend.py",
    "requirements.txt",
    "reflex.lock/package-lock.json",
)


def web_folder() -> Path:
    """Folder of the export; tests use their own."""
    return ROOT / os.getenv("REFLEX_WEB_WORKDIR", ".web")


def fingerprint() -> str:
    """SHA-256 of everything the export depends on: sources and locks; no setting."""
    digest = hashlib.sha256()
    for pattern in SOURCES:
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file():
                digest.update(f"{path.relative_to(ROOT)}\n".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


def build() -> None:
    """Export if needed; raises SystemExit if it fails."""
    web = web_folder()
    web.mkdir(exist_ok=True)
    with (web.parent / f"{web.name}.lock").open("w") as alone:
        fcntl.flock(alone, fcntl.LOCK_EX)  # only one export at a time into one folder
        _build(web, fingerprint())


def _build(web: Path, wanted: str) -> None:
    stamp = web / "barut-built"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print("Menyiapkan tampilan untuk browser (sekali saja, kira-kira setengah menit) …", flush=True)
    stamp.unlink(missing_ok=True)
    for old in ("build", "public"):  # or deleted assets would stay
        shutil.rmtree(web / old, ignore_errors=True)
    tools = Path(sys.executable).parent  # node and npm lie beside python
    env = os.environ | {"REFLEX_USE_NPM": "1", "PATH": f"{tools}:{os.environ['PATH']}"}
    env |= {"BARUT_ENV": "demo", "BARUT_BASE_URL": f"https://{STAND_IN}"}
    command = [tools / "reflex", "export", "--frontend-only", "--no-zip", "--loglevel", "warning"]
    done = subprocess.run(command, cwd=ROOT, env=env)
    if done.returncode or not (web / "build" / "client").exists():
        sys.exit("Tampilan tidak dapat disiapkan. Baca pesan di atas, lalu jalankan lagi.")
    _settle(ROOT / "reflex.lock" / "package.json")
    use_origin(web / "build" / "client")
    _bundle_decoder(web, env)
    _minify(web, env)
    stamp.write_text(wanted)


def use_origin(client: Path) -> None:
    """Let the pages of an export ask the address they came from: one build for any address.

    Reflex bakes the server's address into one chunk. SystemExit unless exactly one holds it.
    """
    chunks = list(client.glob("assets/reflex-env-*.js"))
    if len(chunks) != 1:
        sys.exit(f"Tampilan memuat {len(chunks)} berkas reflex-env-*.js, seharusnya satu.")
    made, found = re.subn(
        rf"([\"'`])(https|wss)://{re.escape(STAND_IN)}",
        lambda one: {"https": HERE, "wss": HERE_BY_SOCKET}[one[2]] + "+" + one[1],
        chunks[0].read_text(),
    )
    if not found:
        sys.exit(f"{chunks[0].name} tidak memuat alamat server seperti biasanya.")
    _write_packed(chunks[0], made)
    files = (path for path in client.rglob("*") if path.is_file())
    if left := [path.name for path in files if STAND_IN.encode() in path.read_bytes()]:
        sys.exit(f"Alamat ekspor tertinggal di tampilan: {', '.join(left)}.")


def _write_packed(path: Path, text: str) -> None:
    """Write a file and its gzip copy, which is what browsers get."""
    path.write_text(text)
    path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(text.encode(), mtime=0))


def _bundle_decoder(web: Path, env: dict[str, str]) -> None:
    """The QR decoder of `/periksa`: one small file from the locked package, its licence on top."""
    package, made = web / "node_modules" / "qr", web / "build" / "client" / "periksa" / "qr.js"
    _roll(web, env, package / "decode.js", made, "--format", "esm")
    licence = (package / "LICENSE-MIT").read_text().strip()
    made.write_text(f"/*!\n{licence}\n*/\n{made.read_text()}")


def _minify(web: Path, env: dict[str, str]) -> None:
    """Scripts that every page asks for travel without our comments and long names."""
    for name in ON_EVERY_PAGE:
        made = web / "build" / "client" / f"{name}.js"
        options = ["--format", "iife"]
        for address in FETCHED_LATER:
            options += ["--external", address]
        _roll(web, env, ROOT / "assets" / made.name, made, *options)
        _write_packed(made, made.read_text())


def _roll(web: Path, env: dict[str, str], source: Path, made: Path, *options: str) -> None:
    command = ["node", web / "node_modules" / "rolldown" / "bin" / "cli.mjs", source, "--minify"]
    command += [*options, "--file", made]
    if subprocess.run(command, cwd=web, env=env, stdout=subprocess.DEVNULL).returncode:
        sys.exit(f"{made.name} tidak dapat disiapkan. Baca pesan di atas, lalu jalankan lagi.")


def _settle(packages: Path) -> None:
    """Sort the package list, which the exporter writes in random order, so git sees no change."""
    packages.write_text(json.dumps(json.loads(packages.read_text()), indent=1, sort_keys=True))


if __name__ == "__main__":
    build()
