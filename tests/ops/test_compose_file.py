"""What the compose file promises, read off the file."""

from __future__ import annotations

import json
import os
import subprocess
from importlib.resources import files

import jsonschema
import pytest

from scripts.steps import works

from .compose import FILE, Missing, Service, read
from .stack import SECRETS

GIVEN = SECRETS | {"PUBLIC_URL": "https://workshops.example.org"}


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

    assert told("SECRET_KEY") == {"app", "migrate"}
    assert told("POSTGRES_PASSWORD") == {"app", "migrate", "postgres"}
    assert told("REDIS_PASSWORD") == {"app", "migrate", "redis"}


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
    app = services["app"]
    assert int(app["stop_grace_period"].rstrip("s")) > float(app["environment"]["DRAIN_SECONDS"]) + 10
    assert read(GIVEN | {"APP_REPLICAS": "5"})["services"]["app"]["deploy"]["replicas"] == "5"
