"""What operators deploy with, checked by schemas and linters; nothing here runs a container."""

import re
import subprocess
import sys
from collections.abc import Sequence
from ipaddress import ip_address, ip_network
from pathlib import Path

import pytest
import yaml

from bot.settings import Settings
from tests.postgres import NEWEST

ROOT = Path(__file__).parents[3]
KUBERNETES = ROOT / "deploy" / "kubernetes"
MANIFESTS = sorted(path for path in KUBERNETES.glob("*.yaml") if path.name != "kustomization.yaml")


def manifests() -> list[dict]:
    """Every object of every manifest."""
    return [each for path in MANIFESTS for each in yaml.safe_load_all(path.read_text("utf-8"))]


def services() -> dict[str, dict]:
    """Every service of the compose file, by name."""
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))["services"]


def deployments() -> dict[str, dict]:
    """The pod of each deployment, by name."""
    return {each["metadata"]["name"]: each["spec"] for each in manifests() if each["kind"] == "Deployment"}


def test_the_compose_file_satisfies_the_compose_specification():
    """The schema that Docker Compose publishes, as check-jsonschema bundles it."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec"]
    done = subprocess.run(
        [*command, "docker-compose.yml"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_the_compose_file_holds_no_password_and_each_it_asks_for_is_in_the_example():
    """Compose stops with the name of what is missing."""
    text = (ROOT / "docker-compose.yml").read_text("utf-8")
    example = dict(
        line.split("=", 1)
        for line in (ROOT / ".env.example").read_text("utf-8").splitlines()
        if "=" in line[:40]
    )
    required = set(re.findall(r"\$\{(\w+):\?", text))
    assert required == {"HABARSHY_BOT_TOKEN", "POSTGRES_PASSWORD", "VALKEY_PASSWORD"}
    assert required <= example.keys()
    assert not any(example.values())
    assert all(
        re.fullmatch(r"\$\{\w+:\?[^}]+\}", found)
        for found in re.findall(r"PASSWORD: (\S.*\})$", text, re.MULTILINE)
    )


def test_each_role_of_the_compose_file_is_one_of_habarshys():
    """And all of them run; only the bot and the web are given the token."""
    ours = {name: each for name, each in services().items() if each.get("command", [""])[0] == "habarshy"}
    assert {each["command"][-1] for each in ours.values()} == {"bot", "clock", "worker", "web"} == set(ours)
    assert {name for name, each in ours.items() if "HABARSHY_BOT_TOKEN" in each["environment"]} == {
        "bot",
        "web",
    }
    for each in ours.values():
        assert all(
            name.removeprefix("HABARSHY_").lower() in Settings.model_fields for name in each["environment"]
        )


def believed(value: str, proxies: Sequence[str]) -> None:
    """Fail unless these proxies' word is taken for who asks, and that of no public address."""
    networks = [ip_network(network) for network in value.split(",")]
    assert all(any(ip_address(proxy) in network for network in networks) for proxy in proxies)
    assert all(network.is_private for network in networks)


def test_the_web_knows_its_visitors_apart_behind_a_proxy():
    """One address may send 240 requests a minute: Docker's gateway and an Ingress are nobody's address."""
    value = services()["web"]["environment"]["HABARSHY_TRUSTED_PROXIES"]
    (default,) = re.findall(r"^\$\{HABARSHY_TRUSTED_PROXIES:-(.+)\}$", value)
    believed(default, ["172.17.0.1", "172.31.0.1", "192.168.16.1"])
    lines = (KUBERNETES / "settings.env").read_text("utf-8").splitlines()
    given = dict(line.split("=", 1) for line in lines)
    believed(given["HABARSHY_TRUSTED_PROXIES"], ["10.244.1.7", "172.20.3.4", "192.168.99.2"])


def test_the_postgresql_that_is_shipped_is_the_one_that_tests_run_on():
    """Where that image keeps its data since 18: it refuses to start with a volume at the old place."""
    shipped = services()["postgres"]
    pods = [each for each in manifests() if each["kind"] == "StatefulSet"]
    (pod,) = (
        each["spec"]["template"]["spec"]["containers"][0]
        for each in pods
        if each["metadata"]["name"] == "postgres"
    )
    assert shipped["image"] == pod["image"] == f"postgres:{NEWEST}-alpine"
    assert shipped["volumes"] == ["postgres:/var/lib/postgresql"]
    assert [mount["mountPath"] for mount in pod["volumeMounts"]] == ["/var/lib/postgresql"]
    assert "PGDATA" not in {each["name"] for each in pod["env"]}


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.name)
def test_manifests_satisfy_kubernetes(path):
    """Its own schemas, strictly: an unknown key is an error."""
    kubernetes_validate = pytest.importorskip("kubernetes_validate")
    for each in yaml.safe_load_all(path.read_text("utf-8")):
        kubernetes_validate.validate(each, kubernetes_validate.latest_version(), strict=True)


def test_kustomize_lists_every_manifest_and_every_file_it_names_exists():
    """The secret is the operator's: an example stands for it."""
    listed = yaml.safe_load((KUBERNETES / "kustomization.yaml").read_text("utf-8"))
    assert sorted(listed["resources"]) == [path.name for path in MANIFESTS]
    assert (KUBERNETES / listed["configMapGenerator"][0]["envs"][0]).is_file()
    assert listed["secretGenerator"][0]["envs"] == ["secret.env"]
    assert (KUBERNETES / "secret.example.env").is_file()


def test_there_is_one_clock_one_bot_and_neither_ever_overlaps_itself():
    """Long polling allows one process a token."""
    for name in ("clock", "bot"):
        spec = deployments()[name]
        assert (spec["replicas"], spec["strategy"]["type"]) == (1, "Recreate")


def test_pods_are_probed_bounded_and_unprivileged():
    """Whatever their role."""
    for name, spec in deployments().items():
        pod = spec["template"]["spec"]
        (container,) = pod["containers"]
        assert container["args"] == ["habarshy", "run", "--roles", name]
        assert {"startupProbe", "livenessProbe", "readinessProbe"} <= container.keys()
        assert container["resources"]["requests"].keys() == {"cpu", "memory"}
        assert "memory" in container["resources"]["limits"]
        assert pod["securityContext"]["runAsNonRoot"]
        assert container["securityContext"]["readOnlyRootFilesystem"]


def test_every_setting_a_pod_is_given_is_known_and_every_secret_is_in_the_example():
    """An unknown HABARSHY_ variable would end the process at its start."""
    secrets = {
        line.partition("=")[0] for line in (KUBERNETES / "secret.example.env").read_text("utf-8").split()
    }
    names = {line.partition("=")[0] for line in (KUBERNETES / "settings.env").read_text("utf-8").split()}
    for spec in deployments().values():
        for each in spec["template"]["spec"]["containers"][0]["env"]:
            names.add(each["name"])
            if "valueFrom" in each:
                assert each["valueFrom"]["secretKeyRef"]["key"] in secrets
    assert all(name.removeprefix("HABARSHY_").lower() in Settings.model_fields for name in names)


def test_the_dockerfile_has_nothing_that_hadolint_minds():
    """The linter's own rules, but for pinning Debian's packages, of which it installs none."""
    hadolint = Path(sys.executable).parent / "hadolint"
    if not hadolint.exists():
        pytest.skip("hadolint has no wheel for this platform")
    done = subprocess.run([hadolint, "Dockerfile"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_each_path_the_dockerfile_copies_exists_and_is_let_through():
    """.dockerignore names what is copied, and nothing else."""
    text = (ROOT / "Dockerfile").read_text("utf-8")
    copied = [
        name
        for line in re.findall(r"^COPY (?!--from)(.+)$", text, re.MULTILINE)
        for name in line.split()[:-1]
    ]
    assert copied
    let_through = {
        line.removeprefix("!")
        for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines()
        if line[:1] == "!"
    }
    for name in copied:
        assert (ROOT / name).exists(), name
        assert name in let_through


def test_the_image_installs_every_extra_that_a_role_needs_and_runs_as_nobody():
    """The extras exist; the user is not root."""
    text = (ROOT / "Dockerfile").read_text("utf-8")
    extras = set(re.search(r"'\.\[([\w,]+)\]'", text)[1].split(","))
    assert {"neural", "endpoint", "cluster", "web"} <= extras
    offered = (ROOT / "pyproject.toml").read_text("utf-8")
    assert all(re.search(rf"^{extra} = \[", offered, re.MULTILINE) for extra in extras)
    assert re.search(r"^USER [1-9]\d*$", text, re.MULTILINE)


def test_the_systemd_unit_starts_what_there_is():
    """A command and a setting that exist; status 2 is not tried again."""
    unit = (ROOT / "deploy" / "habarshy.service").read_text("utf-8")
    assert re.search(r"^ExecStart=\S+/habarshy run$", unit, re.MULTILINE)
    assert re.search(r"^RestartPreventExitStatus=2$", unit, re.MULTILINE)
    assert int(re.search(r"^TimeoutStopSec=(\d+)$", unit, re.MULTILINE)[1]) >= 5
