"""Reads from a systemd unit and its settings which environment each command gets.

As in systemd.exec(5): a file of settings wins over Environment=, and what `/usr/bin/env` is told
in the command itself wins over both.
"""

import re
import shlex


def read_settings(text: str) -> dict[str, str]:
    """An EnvironmentFile: blank lines and comments left out, quotes taken off."""
    lines = [line.strip() for line in text.splitlines()]
    pairs = [line.partition("=") for line in lines if line and line[0] not in "#;"]
    return {name.strip(): value.strip().strip("\"'") for name, _, value in pairs}


def environment(unit: str, settings: str, instance: str, directive: str = "ExecStart") -> dict:
    """The environment of that command in the unit `name@instance`."""
    env: dict[str, str] = {}
    for value in _values(unit, "Environment"):
        env |= _pairs(shlex.split(_specified(value, instance)))
    for _ in _values(unit, "EnvironmentFile"):
        env |= read_settings(settings)
    (command,) = _values(unit, directive)
    words = _specified(command, instance).split()
    if words[0] == "/usr/bin/env":
        env |= _pairs([word for word in words[1:] if re.match(r"[A-Z_]+=", word)])
    return env


def _values(unit: str, directive: str) -> list[str]:
    return re.findall(rf"^{directive}=(.*)$", unit, re.MULTILINE)


def _specified(text: str, instance: str) -> str:
    return text.replace("%%", "\0").replace("%i", instance).replace("\0", "%")


def _pairs(words: list[str]) -> dict[str, str]:
    return dict(word.split("=", 1) for word in words)
