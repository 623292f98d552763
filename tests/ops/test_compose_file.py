"""What the compose file promises, read off the file."""

from __future__ import annotations

import json
import os
import subprocess
from importlib.resources import files

import jsonschema
import pytest

from scripts.steps import works

from ..docs.reading import names_in, read_tables
from ..server import ROOT
from .compose import FILE, Missing, Service, read
from .stack import SECRETS

GIVEN = SECRETS | {"PUBLIC_URL": "https://workshops.example.org"}
PROCESSES = [f"app-{number}" for number in range(1, 9)]


@pytest.fixture(scope="module")
def services() -> dict[str, Service]:
    found: dict[str, Service] = read(GIVEN)["services"]
    return found


def test_it_is_a_compose_file():
    schema = json.loads((files("check_jsonschema") / "builtin_schemas/vendor/compose-spec.json").read_text())
    jsonschema.Draft202012Validator(schema).validate(read(GIVEN))
    if works(["docker", "compose", "version"]):
        asked = ["docker", "compose", "--file", str(FILE), "config", "--quiet"]
        done = subprocess.run(asked, env=os.environ | GIVEN, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", GIVEN)
@pytest.mark.parametrize("value", [None, ""])
def test_without_a_secret_it_starts_nothing(name: str, value: str | None):
    given = {key: text for key, text in GIVEN.items() if key != name} | ({} if value is None else {name: value})
    with pytest.raises(Missing, match=f"set {name}"):
        read(given)


def test_a_secret_is_given_to_whom_it_concerns_only(services: dict[str, Service]):
    def told(secret: str) -> set[str]:
        return {name for name, service in services.items() if SECRETS[secret] in str(service)}

    assert told("SECRET_KEY") == {*PROCESSES, "migrate"}
    assert told("POSTGRES_PASSWORD") == {*PROCESSES, "migrate", "postgres"}
    assert told("REDIS_PASSWORD") == {*PROCESSES, "migrate", "redis"}


def test_every_service_has_a_health_check_or_ends_by_itself(services: dict[str, Service]):
    for name, service in services.items():
        if service["restart"] == "no":
            waiting = [other for other in services.values() if name in other.get("depends_on", {})]
            assert waiting
            assert all(
                other["depends_on"][name] == {"condition": "service_completed_successfully"} for other in waiting
            )
        else:
            assert service["healthcheck"]["test"][0] == "CMD"


def test_nobody_is_root_or_may_write(services: dict[str, Service]):
    for name, service in services.items():
        assert service["user"].split(":")[0] not in ("0", "root"), name
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name


def test_only_the_proxy_is_reached_from_outside(services: dict[str, Service]):
    networks = read(GIVEN)["networks"]
    assert [name for name, service in services.items() if service.get("ports")] == ["proxy"]
    outside = {name for name, network in networks.items() if not (network or {}).get("internal")}
    assert [name for name, service in services.items() if outside & set(service["networks"])] == ["proxy"]
    # It reaches the program, and neither the database nor Redis.
    assert not set(services["proxy"]["networks"]) & set(services["postgres"]["networks"])
    assert not set(services["proxy"]["networks"]) & set(services["redis"]["networks"])


def test_processes_have_the_time_to_say_goodbye(services: dict[str, Service]):
    for name in PROCESSES:
        app = services[name]
        assert int(app["stop_grace_period"].rstrip("s")) > float(app["environment"]["DRAIN_SECONDS"]) + 10


def test_a_process_keeps_its_name_and_the_proxy_knows_all_of_them(services: dict[str, Service]):
    """A replica would get a new number each time it is replaced, until the proxy knows none."""
    assert [name for name in services if name.startswith("app-")] == PROCESSES
    assert not any("deploy" in services[name] for name in PROCESSES)
    known = services["proxy"]["environment"]["APP_UPSTREAMS"].split()
    assert known == [f"{name}:8000" for name in PROCESSES]
    plain = [{key: value for key, value in services[name].items() if key != "profiles"} for name in PROCESSES]
    assert all(process == plain[0] for process in plain)


def test_a_profile_starts_as_many_processes_as_it_says(services: dict[str, Service]):
    numbers = ["three", "four", "five", "six", "seven", "eight"]
    for count, profile in enumerate(numbers, start=3):
        started = [name for name in PROCESSES if profile in services[name].get("profiles", [profile])]
        assert started == PROCESSES[:count]
    assert [name for name in PROCESSES if "profiles" not in services[name]] == PROCESSES[:2]


def test_one_service_builds_an_image_and_the_others_take_it(services: dict[str, Service]):
    built = [service["image"] for service in services.values() if "build" in service]
    assert len(built) == len(set(built))
    assert all(services[name]["pull_policy"] == "never" and services[name]["image"] in built for name in PROCESSES)


def test_folders_in_memory_belong_to_whoever_writes_there(services: dict[str, Service]):
    """runc before 1.1.8 gives them the mode of the image's own folder, whatever `mode` says; an owner it keeps."""
    user, _, group = services["app-1"]["user"].partition(":")
    assert f"/data:mode=0700,uid={user},gid={group}" in services["app-1"]["tmpfs"]


def test_who_holds_connections_may_open_many_files(services: dict[str, Service]):
    for name in (*PROCESSES, "proxy"):
        assert int(services[name]["ulimits"]["nofile"]) > 10_000
        assert read(GIVEN | {"OPEN_FILES": "2048"})["services"][name]["ulimits"]["nofile"] == "2048"


PLACES = {
    "DATA_DIR",
    "PORT",
    "DATABASE_URL",
    "DATABASE_PASSWORD",
    "REDIS_URL",
    "PROXY_HEADERS",
    "FRONTEND_DIST",
    "FRONTEND_DEV",
}
"""Where things are in the containers, which the file itself says."""


def test_every_setting_reaches_the_program():
    """What a table of docs/operations.md names can be set in `.env`."""
    documented = {
        name for row in read_tables(ROOT / "docs" / "operations.md", "variable") for name in names_in(row["variable"])
    } - PLACES
    assert len(documented) > 8
    values = {name: f"a value of {name}" for name in documented}
    environment = read(GIVEN | values)["services"]["app-1"]["environment"]
    for name in documented:
        assert environment.get(name) == values[name], name
    assert environment["DEMO"] != "0"
    assert read(GIVEN)["services"]["app-1"]["environment"]["DEMO"] == "0"
