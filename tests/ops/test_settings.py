"""Settings that cannot be used are refused at the start, in one sentence."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cocreation.environment import BadSetting, read_port, read_seconds, read_switch
from cocreation.public_url import parse_public_url

from ..server import ROOT


@pytest.mark.parametrize(
    ("given", "means"),
    [
        ("https://workshops.example.org", "https://workshops.example.org"),
        ("https://workshops.example.org/", "https://workshops.example.org"),
        (" HTTPS://Workshops.Example.ORG:443 ", "https://workshops.example.org"),
        ("http://192.168.1.20:8000", "http://192.168.1.20:8000"),
        ("http://localhost:80/", "http://localhost"),
        ("http://[fd00::7]:8000", "http://[fd00::7]:8000"),
        ("https://bücher.example", "https://xn--bcher-kva.example"),
    ],
)
def test_an_address_is_written_as_browsers_write_it(given: str, means: str):
    assert parse_public_url(given) == means


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("https://example.org/workshops", "cannot have a path.* https://example.org. Give it a name of its own"),
        ("https://example.org/?a=1", "cannot have a path"),
        ("https://example.org/#a", "cannot have a path"),
        ("example.org", "begin with http"),
        ("ftp://example.org", "begin with http"),
        ("https://", "begin with http"),
        ("https://example.org:99999", "is no address"),
        ("https://[::1", "is no address"),
        ("https://me:geheim@example.org", "cannot hold a name or a password"),
    ],
)
def test_an_address_that_cannot_work_is_refused(given: str, says: str):
    with pytest.raises(BadSetting, match=says) as refused:
        parse_public_url(given)
    assert "geheim" not in str(refused.value)


def test_numbers_and_switches(monkeypatch: pytest.MonkeyPatch):
    for name, text in {"A": "9000", "B": "2.5", "C": "0", "NOT": "many", "FAR": "70000", "LESS": "-1"}.items():
        monkeypatch.setenv(name, text)
    assert (read_port("A", 1), read_port("NONE", 8000)) == (9000, 8000)
    assert (read_seconds("B"), read_seconds("NONE")) == (2.5, 0.0)
    assert (read_switch("C", default=True), read_switch("NONE", default=True)) == (False, True)
    for name in ("NOT", "FAR", "LESS"):
        with pytest.raises(BadSetting, match=name):
            read_port(name, 1)
    for name in ("NOT", "FAR", "LESS"):
        with pytest.raises(BadSetting, match=name):
            read_seconds(name)
        with pytest.raises(BadSetting, match=name):
            read_switch(name, default=False)


@pytest.mark.parametrize(
    ("command", "name", "value", "says"),
    [
        ("serve", "PUBLIC_URL", "https://example.org/workshops", "PUBLIC_URL cannot have a path"),
        ("serve", "PORT", "http", "PORT has to be a number"),
        ("doctor", "REDIS_URL", "http://:geheim@here", "REDIS_URL begins with"),
        ("doctor", "DATABASE_URL", "mysqll://me:geheim@here/x", "DATABASE_URL has to read"),
        ("doctor", "SECRET_KEY_FILE", "/nowhere/key", "SECRET_KEY_FILE names /nowhere/key"),
        ("doctor", "DATA_DIR", "/dev/null/data", "DATA_DIR is /dev/null/data, which cannot be used"),
    ],
)
def test_a_command_says_it_in_one_line(tmp_path: Path, command: str, name: str, value: str, says: str):
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), name: value}
    done = subprocess.run(
        [sys.executable, "manage.py", command], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 1
    (line,) = done.stderr.strip().splitlines()
    assert line.startswith(says)
    assert "geheim" not in line


@pytest.mark.parametrize(
    ("told", "more", "says"),
    [
        ("nl_NL.UTF-8", [], "PUBLIC_URL kan geen pad hebben"),
        ("C", ["--lang", "nl"], "PUBLIC_URL kan geen pad hebben"),
        ("nl_NL.UTF-8", ["--lang=en"], "PUBLIC_URL cannot have a path"),
    ],
)
def test_it_speaks_the_language_that_the_command_would(tmp_path: Path, told: str, more: list[str], says: str):
    """The settings fail before Django, which has the languages, can be loaded."""
    own = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), "PUBLIC_URL": "https://example.org/x", "LANG": told}
    done = subprocess.run(
        [sys.executable, "manage.py", "doctor", *more], cwd=ROOT, env=own, capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stderr.startswith(says)) == (1, True), done.stderr


def test_every_sentence_about_a_setting_is_in_the_catalogue():
    """What is raised without `_` would be English for everybody."""
    for path in (ROOT / "cocreation").glob("*.py"):
        for call in ast.walk(ast.parse(path.read_text())):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id.startswith("Bad"):
                said = call.args[0]
                # A name holds a sentence that was marked where it is written.
                assert isinstance(said, ast.Name) or (isinstance(said, ast.Call) and ast.unparse(said.func) == "_")
