"""The workflow of a forge checks nothing by itself: it calls `.ci/run`."""

from __future__ import annotations

import os

from ruamel.yaml import YAML

from .reading import ROOT


def test_the_workflow_calls_what_a_change_must_pass() -> None:
    workflow = YAML(typ="safe").load(ROOT / ".github" / "workflows" / "ci.yml")
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    assert [step["run"] for step in steps if "run" in step] == [".ci/run"]
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    assert {"pull_request", "push"} <= {str(name) for name in workflow["on"]}
