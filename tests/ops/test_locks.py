"""The lock files serve every Python that README names, from the oldest on; what only some of them need has a marker."""

from __future__ import annotations

import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution

import pytest
from packaging.markers import Environment, default_environment
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from scripts import locks
from scripts.house import OLDEST_PYTHON

from ..server import ROOT

OLDEST = ".".join(map(str, OLDEST_PYTHON))
PYTHONS = [f"{OLDEST}.0", f"{OLDEST}.2", f"{OLDEST}.14", "3.12.0", "3.13.0", "3.14.0"]
SYSTEMS = {"linux": "Linux", "darwin": "Darwin"}


def environment_of(python: str, system: str) -> Environment:
    """Return what markers are compared with there."""
    found = default_environment()
    found["python_version"] = ".".join(python.split(".")[:2])
    found["python_full_version"] = found["implementation_version"] = python
    found["sys_platform"], found["platform_system"] = system, SYSTEMS[system]
    return found


def locked(name: str, there: Environment) -> dict[str, Requirement]:
    """Return what a lock installs there, by the package's name."""
    lines = re.findall(
        r"^([\w.-]+==[^\\\n]+?) *\\?$", (ROOT / "requirements" / f"{name}.txt").read_text(), re.MULTILINE
    )
    wanted = [Requirement(line) for line in lines]
    here = [one for one in wanted if one.marker is None or one.marker.evaluate(dict(there))]
    found = {canonicalize_name(one.name): one for one in here}
    assert len(found) == len(here), "one version of each"
    return found


def needed(owner: Distribution, extras: set[str], there: Environment) -> list[Requirement]:
    """Return what a package needs there with these extras."""
    wanted = [Requirement(line) for line in owner.requires or []]
    return [
        one
        for one in wanted
        if one.marker is None or any(one.marker.evaluate({**there, "extra": extra}) for extra in extras | {""})
    ]


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("name", ["run", "test"])
def test_a_lock_holds_what_its_packages_need_there(name: str, python: str, system: str):
    there = environment_of(python, system)
    lock = locked(name, there)
    asked: dict[str, set[str]] = {}
    lines = [line for part in {"run", name} for line in (ROOT / "requirements" / f"{part}.in").read_text().splitlines()]
    waiting = [Requirement(line) for line in lines if line and line[0].isalpha()]
    assert len(waiting) > 10
    while waiting:
        wanted = waiting.pop()
        package = canonicalize_name(wanted.name)
        if package in asked and wanted.extras <= asked[package]:
            continue
        asked[package] = asked.get(package, set()) | wanted.extras
        assert package in lock, f"{wanted} is needed on Python {python}"
        version = str(next(iter(lock[package].specifier)).version)
        assert wanted.specifier.contains(version, prereleases=True), f"{wanted}, but {version} is locked"
        try:
            found = distribution(package)
        except PackageNotFoundError:
            assert package not in locked(name, default_environment()), "what is locked for this Python is installed"
            continue
        assert SpecifierSet(found.metadata["Requires-Python"] or "").contains(python), f"{package} refuses {python}"
        waiting += needed(found, asked[package], there)


def test_the_oldest_python_is_the_one_that_the_readme_names():
    assert f"Python {OLDEST} or newer" in (ROOT / "README.md").read_text()
    assert f'requires-python = ">={OLDEST}"' in (ROOT / "pyproject.toml").read_text()


def test_what_python_3_11_2_lacks_is_there_for_it_alone():
    """Debian 12's own. redis-py needs it below 3.11.3."""
    assert "async-timeout" in locked("run", environment_of("3.11.2", "linux"))
    assert "async-timeout" not in locked("run", environment_of("3.11.3", "linux"))


def test_locks_hold_no_download_addresses(capsys: pytest.CaptureFixture[str]):
    assert locks.main() == 0, capsys.readouterr().out


@pytest.mark.parametrize(
    "line",
    [
        "--index-url https://pypi.example.org/simple",
        "-i https://pypi.example.org/simple",
        "--find-links /opt/wheels",
        "daphne @ https://example.org/daphne.whl",
    ],
)
def test_an_address_in_a_lock_is_found(line: str):
    assert locks.PYTHON.search(line)
