"""What runs the bot for others: the Kubernetes example and compose.yaml give it no right that it does not need, and fit
the image. `make lint-deployment` checks them by Kubernetes' own schemas, `make image-test` carries them out.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from bot.settings import PROJECT
from bot.slack.health_pages import HEALTHZ_PATH, READYZ_PATH

DOCKERFILE = (PROJECT / "Dockerfile").read_text(encoding="utf-8")
GUIDE = (PROJECT / "docs" / "operating.md").read_text(encoding="utf-8")
KUBERNETES: list[dict[str, Any]] = list(
    yaml.safe_load_all((PROJECT / "docs" / "kubernetes.yaml").read_text(encoding="utf-8"))
)
COMPOSE: dict[str, Any] = yaml.safe_load((PROJECT / "compose.yaml").read_text(encoding="utf-8"))


def of_kind(kind: str) -> dict[str, dict[str, Any]]:
    """The objects of the Kubernetes example that are of a kind, by name."""
    return {each["metadata"]["name"]: each for each in KUBERNETES if each["kind"] == kind}


def pods() -> dict[str, dict[str, Any]]:
    """What each of its pods is started with."""
    jobs = {name: job["spec"]["jobTemplate"]["spec"] for name, job in of_kind("CronJob").items()}
    specs = {name: each["spec"] for name, each in of_kind("Deployment").items()} | jobs
    return {name: spec["template"]["spec"] for name, spec in specs.items()}


def containers() -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Each container and its pod."""
    return ((container, pod) for pod in pods().values() for container in pod["containers"])


def image_setting(name: str) -> str:
    """What the Dockerfile sets a variable to."""
    return re.search(rf"\b{name}=(\S+)", DOCKERFILE)[1]


def test_least_rights():
    """Each pod is what Kubernetes calls restricted, writes only into its volumes, and knows nothing of the cluster."""
    user = int(re.search(r"^USER (\d+)", DOCKERFILE, re.MULTILINE)[1])
    assert pods().keys() == {"halobot", "backup"}
    for container, pod in containers():
        assert pod["securityContext"]["runAsNonRoot"]
        assert pod["securityContext"]["runAsUser"] == user
        assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
        assert pod["automountServiceAccountToken"] is False
        assert not {"hostNetwork", "hostPID", "hostIPC"} & pod.keys()
        rights = container["securityContext"]
        assert rights["readOnlyRootFilesystem"]
        assert rights["allowPrivilegeEscalation"] is False
        assert rights["capabilities"] == {"drop": ["ALL"]}
        assert container["resources"]["limits"]["memory"]
    (namespace,) = of_kind("Namespace").values()
    assert namespace["metadata"]["labels"]["pod-security.kubernetes.io/enforce"] == "restricted"
    assert {each["metadata"]["namespace"] for each in KUBERNETES if each["kind"] != "Namespace"} == {"halobot"}


def test_volumes():
    """What the image writes is in volumes, each of which there is; the databases outlive the pod."""
    for container, pod in containers():
        volumes = {each["name"]: each for each in pod["volumes"]}
        mounted = {each["mountPath"]: volumes[each["name"]] for each in container["volumeMounts"]}
        assert {image_setting("HALO_DATA_DIR"), "/tmp"} <= mounted.keys()
        kept = [each["persistentVolumeClaim"]["claimName"] for each in volumes.values() if "emptyDir" not in each]
        assert set(kept) <= of_kind("PersistentVolumeClaim").keys()
        assert "persistentVolumeClaim" in mounted[image_setting("HALO_DATA_DIR")]


def test_health():
    """Kubernetes asks the bot's health pages on the port that the image serves them on; only the one that says whether
    the process answers can restart it.
    """
    (bot,) = pods()["halobot"]["containers"]
    assert image_setting("HALO_HTTP_HOST") == "0.0.0.0"
    assert [port["containerPort"] for port in bot["ports"]] == [int(image_setting("HALO_HTTP_PORT"))]
    paths = {name: bot[name]["httpGet"]["path"] for name in ("startupProbe", "livenessProbe", "readinessProbe")}
    assert paths == {"startupProbe": HEALTHZ_PATH, "livenessProbe": HEALTHZ_PATH, "readinessProbe": READYZ_PATH}
    assert {bot[name]["httpGet"]["port"] for name in paths} == {bot["ports"][0]["name"]}


def test_one_at_a_time():
    """Two pods never share the volume of a database on SQLite, and a pod's end leaves the bot its ten seconds."""
    (deployment,) = of_kind("Deployment").values()
    assert (deployment["spec"]["replicas"], deployment["spec"]["strategy"]) == (1, {"type": "Recreate"})
    assert pods()["halobot"]["terminationGracePeriodSeconds"] > 10
    assert deployment["spec"]["selector"]["matchLabels"] == deployment["spec"]["template"]["metadata"]["labels"]


def test_secret():
    """Tokens come from a secret that the guide makes, and are in no file."""
    (bot,) = pods()["halobot"]["containers"]
    (source,) = bot["envFrom"]
    assert f"create secret generic {source['secretRef']['name']} --from-env-file=.env" in GUIDE
    for file in ("docs/kubernetes.yaml", "compose.yaml"):
        assert not re.search(r"xox|xapp|_TOKEN", (PROJECT / file).read_text(encoding="utf-8"))


def test_compose():
    """The bot of compose.yaml has no rights, a read-only root and time to end; the database waits for a password."""
    bot, database = COMPOSE["services"]["bot"], COMPOSE["services"]["postgresql"]
    assert bot["read_only"]
    assert (bot["cap_drop"], bot["security_opt"]) == (["ALL"], ["no-new-privileges:true"])
    assert not {"privileged", "user", "network_mode", "pid", "cap_add"} & bot.keys()
    assert bot["volumes"] == [f"data:{image_setting('HALO_DATA_DIR')}"]
    assert int(bot["stop_grace_period"].removesuffix("s")) > 10
    assert all(port.startswith("127.0.0.1:") for port in bot.get("ports", []))
    assert bot["depends_on"]["postgresql"] == {"condition": "service_healthy", "required": False}
    assert "ports" not in database
    assert database["profiles"] == ["postgresql"]


@pytest.mark.parametrize("name", ["bot", "postgresql"])
def test_compose_volumes(name: str):
    """What has to be kept is in volumes that there are."""
    used = {volume.partition(":")[0] for volume in COMPOSE["services"][name]["volumes"]}
    assert used <= COMPOSE["volumes"].keys()
