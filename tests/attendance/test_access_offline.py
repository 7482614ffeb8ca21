"""The scanner page reads an access code offline (in Node) with the same answers as the server."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from barut_reflex.seal import access, keys
from barut_reflex.seal import codes as seal_codes
from barut_reflex.verify.web import verifier

NODE = Path(sys.executable).parent / "node"
ASK = """
import { readFile } from "node:fs/promises";
const { check, openAccess, readKeys } = await import(process.argv[1]);
const { keys, codes } = JSON.parse(await readFile(process.argv[2], "utf8"));
const known = await readKeys(keys);
const told = [];
for (const code of codes) {
  const says = await openAccess(code, known).catch((flaw) => flaw.reason);
  told.push([says, (await check(code, { keys: known, today: "2026-04-20" })).result]);
}
console.log(JSON.stringify(told));
"""
PAYLOAD = access.AccessPayload(
    code_id="00112233445566778899",
    number="620500000320042026",
    name="Bambang Susilo Hartono",
    made=datetime(2026, 4, 20, 3, 0, 20, tzinfo=UTC),
)


def test_page_and_server_read_the_same(own_office):
    good = access.encode(PAYLOAD)
    edited = good[:8] + ("B" if good[8] == "A" else "A") + good[9:]
    of_a_card = seal_codes.encode(
        seal_codes.Payload("ff" * 10, "", "Siti", seal_codes.DAY_ZERO, seal_codes.DAY_ZERO)
    )
    file = own_office / "ask.json"
    codes = [good, good.lower(), edited, of_a_card, good[:-1]]
    file.write_text(json.dumps({"keys": keys.published_keys(), "codes": codes}))
    command = [NODE, "--input-type=module", "-e", ASK, verifier.SOURCE_FOLDER / "check.js", file]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    (says, as_card), (lower, _), *wrong = json.loads(done.stdout)
    assert says == lower and as_card == "access"
    assert (says["codeId"], says["number"], says["name"]) == (
        PAYLOAD.code_id, PAYLOAD.number, PAYLOAD.name,
    )  # fmt: skip
    assert datetime.fromtimestamp(says["made"] / 1000, UTC) == PAYLOAD.made
    assert access.decode(good).made == PAYLOAD.made
    assert [reason for reason, _ in wrong] == ["bad_signature", "unknown_format", "unreadable"]
