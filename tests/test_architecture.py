"""The house rules that a program can check: size, names, docstrings, time, background work, the lock."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.metadata import distribution
from pathlib import Path
from statistics import median
from zoneinfo import ZoneInfo

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
HISTORY = "bot/store/migrations/versions/"
NOT_OURS = {".git", ".venv", "dist", "build"}
FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef
Documented = FUNCTIONS | ast.ClassDef


@cache
def tracked() -> list[Path]:
    """What belongs to the project: git's files, or all where this is no checkout."""
    if not shutil.which("git") or not (ROOT / ".git").exists():
        return [
            path
            for path in ROOT.rglob("*")
            if path.is_file() and not NOT_OURS & set(path.relative_to(ROOT).parts)
        ]
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]


@cache
def source() -> dict[str, ast.Module]:
    """Parsed modules of both packages by path, history left out."""
    names = {path: path.relative_to(ROOT).as_posix() for path in tracked() if path.suffix == ".py"}
    return {
        name: ast.parse(path.read_text(encoding="utf-8"))
        for path, name in names.items()
        if name.startswith(("bot/", "summarizer/")) and not name.startswith(HISTORY)
    }


def functions() -> Iterator[tuple[str, FUNCTIONS]]:
    for name, module in source().items():
        for node in ast.walk(module):
            if isinstance(node, FUNCTIONS):
                yield f"{name}:{node.lineno} {node.name}", node


def calls() -> Iterator[tuple[str, str, ast.Call]]:
    """Every call: its file, the dotted name that is called, and the call."""
    for name, module in source().items():
        for node in ast.walk(module):
            if isinstance(node, ast.Call):
                yield name, ast.unparse(node.func), node


def texts() -> Iterator[tuple[str, str]]:
    for path in tracked():
        try:
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def test_files_are_short():
    """At most 300 lines each, about 60 in the median, package markers not counted."""
    lines = {name: len((ROOT / name).read_text(encoding="utf-8").splitlines()) for name in source()}
    assert {name: count for name, count in lines.items() if count > 300} == {}
    assert median(count for name, count in lines.items() if not name.endswith("__init__.py")) <= 80


def test_functions_are_short():
    """At most 40 lines each with signature and docstring, about 7 in the median."""
    lines = {name: (node.end_lineno or 0) - node.lineno + 1 for name, node in functions()}
    assert {name: count for name, count in lines.items() if count > 40} == {}
    assert median(lines.values()) <= 9


def test_nothing_is_named_after_nothing():
    """A name is the field's own word: no utils, helpers, managers or common."""
    empty = re.compile(r"(^|_)(utils?|helpers?|managers?|common|misc)(_|$)")
    parts = {part.partition(".")[0] for name in source() for part in name.split("/")}
    assert {part for part in parts if empty.search(part)} == set()


def test_public_names_say_what_they_promise():
    """Every module, public class, public function and public method that is not an override is documented."""
    assert [name for name, module in source().items() if module.body and not ast.get_docstring(module)] == []
    assert list(undocumented()) == []


def undocumented() -> Iterator[str]:
    for name, module in source().items():
        for node in _public(module.body):
            yield from _bare(name, node)
            # A base class's methods are documented where they are declared.
            if isinstance(node, ast.ClassDef) and not (node.bases and not _declares(node)):
                yield from (found for method in _public(node.body) for found in _bare(name, method))


def _public(body: list[ast.stmt]) -> Iterator[Documented]:
    return (node for node in body if isinstance(node, Documented) and not node.name.startswith("_"))


def _bare(name: str, node: Documented) -> Iterator[str]:
    if not ast.get_docstring(node):
        yield f"{name}:{node.lineno} {node.name}"


def _declares(node: ast.ClassDef) -> bool:
    return {ast.unparse(base).partition("[")[0] for base in node.bases} <= {"Protocol", "Generic"}


def test_time_is_never_naive():
    """No clock is read without a zone; ruff's DTZ rules see the rest."""
    naive = re.compile(r"(datetime|date)\.(utcnow|utcfromtimestamp|today)|datetime\.now")
    wrong = [
        f"{name}:{call.lineno} {called}"
        for name, called, call in calls()
        if naive.fullmatch(called) and not (called.endswith(".now") and (call.args or call.keywords))
    ]
    assert wrong == []


def test_the_domain_and_the_newsroom_never_read_the_clock():
    """Decisions get `now` as an argument."""
    clocks = {"datetime.now", "time.time", "time.monotonic", "monotonic"}
    rooms = ("bot/domain/", "bot/newsroom/", "summarizer/text/", "summarizer/grouping/")
    assert [name for name, called, _ in calls() if name.startswith(rooms) and called in clocks] == []


def test_background_work_is_started_in_one_place():
    """Threads and tasks that outlive their caller begin in bot/app; those of a TaskGroup do not."""
    bare = re.compile(
        r"(asyncio|loop|.*get_running_loop\(\))\.create_task|(.*\.)?ensure_future|(threading\.)?Thread"
    )
    wrong = {name for name, called, _ in calls() if bare.fullmatch(called) and not name.startswith("bot/app")}
    assert wrong == set()


@pytest.mark.parametrize(
    "pattern",
    [
        r"pypi\.org|pythonhosted\.org|download\.pytorch\.org|registry\.npmjs",
        r"index[-_]url.{0,10}://|find[-]links|trusted[-]host",
        r"(?<![\w.~}])/(?:home|root|Users|wor[k])/\w",
    ],
    ids=["a registry", "an index", "a path of one machine"],
)
def test_the_repository_names_no_place_of_its_makers(pattern):
    """Neither addresses of package registries nor absolute paths of a machine stand in any file."""
    wrong = re.compile(pattern, re.IGNORECASE)
    found = [f"{name}: {hit[0]}" for name, text in texts() if (hit := wrong.search(text))]
    assert found == []
    assert not (ROOT / "uv.lock").exists()


def test_the_image_copies_what_exists():
    """Each path that the Dockerfile copies from the build context is a file or folder of the project."""
    joined = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    copies = [line.split()[1:] for line in joined.splitlines() if re.match(r"(COPY|ADD)\s", line)]
    assert copies
    for words in copies:
        if not any(word.startswith("--from=") for word in words):
            for path in [word for word in words if not word.startswith("--")][:-1]:
                assert list(ROOT.glob(path.strip("/"))), f"{path} does not exist"


def requirements() -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    return [Requirement(line) for lines in (project["dependencies"], *extras) for line in lines]


@cache
def pins() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    named = [line.partition("==") for line in lines if line and not line.startswith("#")]
    assert all(re.fullmatch(r"[\w.+!-]+", version) for _, _, version in named), "a version and nothing else"
    return {canonicalize_name(name): version for name, _, version in named}


def test_every_dependency_is_pinned_within_its_range():
    """constraints.txt has one version for all that pyproject.toml names in any extra, and a fitting one."""
    for needed in requirements():
        pinned = pins().get(canonicalize_name(needed.name))
        assert pinned, f"{needed.name} is not in constraints.txt"
        assert needed.specifier.contains(pinned), f"{needed} does not allow {pinned}"


def test_what_dependencies_need_is_pinned_too():
    """Whatever an install of this project brings along, here and now, has its pin."""
    waiting, seen = requirements(), set[str]()
    while waiting:
        needed = waiting.pop()
        key = f"{canonicalize_name(needed.name)}{sorted(needed.extras)}"
        if key in seen or not _applies(needed, set()):
            continue
        seen.add(key)
        assert canonicalize_name(needed.name) in pins(), f"{needed.name} is not in constraints.txt"
        try:
            below = [Requirement(line) for line in distribution(needed.name).requires or ()]
        except ModuleNotFoundError:
            continue  # an extra that is not installed here
        waiting += [one for one in below if _applies(one, needed.extras)]


def _applies(needed: Requirement, extras: set[str]) -> bool:
    return not needed.marker or any(needed.marker.evaluate({"extra": extra}) for extra in ("", *extras))


def test_kazakhstan_moved_to_five_hours_in_march_2024():
    """Asia/Almaty is UTC+5 since 1 March 2024 and was UTC+6 before; Aqtau was there long ago."""
    almaty = ZoneInfo("Asia/Almaty")
    assert datetime(2024, 2, 29, 12, tzinfo=almaty).utcoffset() == timedelta(hours=6)
    assert datetime(2024, 3, 1, 12, tzinfo=almaty).utcoffset() == timedelta(hours=5)
    assert datetime(2026, 11, 22, 4, tzinfo=UTC).astimezone(almaty).hour == 9
    assert datetime(2023, 7, 1, tzinfo=ZoneInfo("Asia/Aqtau")).utcoffset() == timedelta(hours=5)


def test_an_old_system_zone_file_is_not_believed(tmp_path):
    """Where the system still says UTC+6, the tzdata package's word stands."""
    stale = tmp_path / "Asia" / "Almaty"
    stale.parent.mkdir()
    shutil.copy(Path(distribution("tzdata").locate_file("tzdata")) / "zoneinfo/Asia/Omsk", stale)
    ask = (
        "import bot, zoneinfo, datetime as d;"
        "print(d.datetime(2026, 1, 1, tzinfo=zoneinfo.ZoneInfo('Asia/Almaty')).utcoffset())"
    )
    old = subprocess.run(
        [sys.executable, "-c", ask],
        cwd=ROOT,
        env={"PYTHONTZPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert old.stdout.strip() == "5:00:00"
