"""The Kubernetes example parses, asks for a token, and calls only commands and options that there are."""

import shlex
import tomllib
from typing import Any

import pytest
import yaml

from pipelines.cli import main
from tests.conftest import REPOSITORY

PARTS: dict[str, dict[str, Any]] = {
    each["kind"]: each for each in yaml.safe_load_all((REPOSITORY / "deploy" / "kuberay.yaml").read_text("utf-8"))
}
PODS = {
    "head": PARTS["RayCluster"]["spec"]["headGroupSpec"]["template"]["spec"],
    "readers": PARTS["RayCluster"]["spec"]["workerGroupSpecs"][0]["template"]["spec"],
    "load": PARTS["CronJob"]["spec"]["jobTemplate"]["spec"]["template"]["spec"],
}


FIELDS = {
    "spec": {"rayVersion": str, "authOptions": dict, "headGroupSpec": dict, "workerGroupSpecs": list},
    "head": {"serviceType": str, "rayStartParams": dict, "template": dict},
    "readers": {
        "groupName": str,
        "replicas": int,
        "minReplicas": int,
        "maxReplicas": int,
        "rayStartParams": dict,
        "template": dict,
    },
    "container": {
        "name": str,
        "image": str,
        "env": list,
        "livenessProbe": dict,
        "readinessProbe": dict,
        "resources": dict,
        "volumeMounts": list,
    },
}
"""Of those that KubeRay's API reference (ray.io/v1) and Kubernetes have, the ones used here, and their types."""


def _environment(container: dict[str, Any]) -> dict[str, Any]:
    return {each["name"]: each.get("value", each.get("valueFrom")) for each in container["env"]}


def test_the_cluster_asks_for_a_token_tells_nobody_and_has_no_page() -> None:
    cluster = PARTS["RayCluster"]["spec"]
    assert cluster["authOptions"] == {"mode": "token"}
    assert cluster["headGroupSpec"]["serviceType"] == "ClusterIP"
    assert cluster["headGroupSpec"]["rayStartParams"]["include-dashboard"] == "false"
    for group in (cluster["headGroupSpec"], *cluster["workerGroupSpecs"]):
        assert group["rayStartParams"]["disable-usage-stats"] == "true"


def test_the_load_is_given_address_and_token_of_this_cluster() -> None:
    name = PARTS["RayCluster"]["metadata"]["name"]
    environment = _environment(PODS["load"]["containers"][0])
    assert environment["RAY_ADDRESS"] == f"{name}-head-svc:6379"
    assert environment["RAY_AUTH_MODE"] == "token"
    assert environment["RAY_AUTH_TOKEN"] == {"secretKeyRef": {"name": name, "key": "auth_token"}}


def test_the_image_has_the_locked_ray() -> None:
    locked = tomllib.loads((REPOSITORY / "uv.lock").read_text("utf-8"))["package"]
    [version] = [package["version"] for package in locked if package["name"] == "ray"]
    assert PARTS["RayCluster"]["spec"]["rayVersion"] == version
    assert "--extra ray --extra s3" in (REPOSITORY / "Containerfile").read_text("utf-8")


@pytest.mark.parametrize("pod", PODS)
def test_every_pod_has_one_image_a_limit_of_memory_and_the_data_under_the_same_path(pod: str) -> None:
    [container] = PODS[pod]["containers"]
    assert container["image"] == PODS["load"]["containers"][0]["image"]
    assert container["resources"]["limits"]["memory"]
    assert container["volumeMounts"] == [{"name": "data", "mountPath": "/data"}]
    claim = PARTS["PersistentVolumeClaim"]["metadata"]["name"]
    assert PODS[pod]["volumes"] == [{"name": "data", "persistentVolumeClaim": {"claimName": claim}}]


def test_the_load_calls_commands_and_options_that_there_are() -> None:
    [text] = PODS["load"]["containers"][0]["args"]
    calls = [shlex.split(each) for each in text.split("&&")]
    assert [call[:2] for call in calls] == [["duizhang", "load"], ["duizhang", "compact"]]
    for _, command, *arguments in calls:
        options = {option for parameter in main.commands[command].params for option in parameter.opts}
        assert {word for word in arguments if word.startswith("--")} <= options


def test_the_cluster_has_only_fields_that_kuberay_knows_with_values_of_their_types() -> None:
    cluster = PARTS["RayCluster"]
    assert (cluster["apiVersion"], PARTS["CronJob"]["apiVersion"]) == ("ray.io/v1", "batch/v1")
    [readers], head = cluster["spec"]["workerGroupSpecs"], cluster["spec"]["headGroupSpec"]
    containers = [*PODS["head"]["containers"], *PODS["readers"]["containers"]]
    for name, part in (
        ("spec", cluster["spec"]),
        ("head", head),
        ("readers", readers),
        *(("container", each) for each in containers),
    ):
        assert part.keys() == FIELDS[name].keys(), name
        for field, value in part.items():
            assert type(value) is FIELDS[name][field], (name, field)
    for group in (head, readers):
        assert {type(value) for value in group["rayStartParams"].values()} == {str}, "they are words of a command line"
    assert readers["minReplicas"] <= readers["replicas"] <= readers["maxReplicas"]
    assert [int(part) for part in cluster["spec"]["rayVersion"].split(".")] >= [2, 52, 0], "the first with tokens"


def test_the_load_is_a_job_that_does_not_overlap_itself() -> None:
    spec = PARTS["CronJob"]["spec"]
    assert (spec["concurrencyPolicy"], spec["timeZone"], len(spec["schedule"].split())) == (
        "Forbid",
        "Asia/Shanghai",
        5,
    )
    assert spec["jobTemplate"]["spec"]["template"]["spec"]["restartPolicy"] == "Never"
