"""Writing a migration."""

import shutil

import pytest

from dev.new_migration import MIGRATIONS, write


@pytest.fixture
def migrations(tmp_path):
    """A copy of the project's migrations."""
    ours = shutil.ignore_patterns("__pycache__")
    return shutil.copytree(MIGRATIONS, tmp_path / "migrations", ignore=ours)


def versions(migrations):
    """Revisions by number."""
    return sorted(path for path in (migrations / "versions").glob("*.py"))


def test_what_the_newest_change_of_tables_did_is_found_again(migrations):
    """Without it and what came after, its change is a difference, written down under the same number."""
    for newest in reversed(versions(migrations)):
        lost, text = newest.name.partition("_")[0], newest.read_text("utf-8")
        newest.unlink()
        if "op.create_table" in text or "batch_op." in text:
            break
    write("do it again", migrations)
    found = versions(migrations)[-1]
    assert found.name == f"{lost}_do_it_again.py"
    text = found.read_text("utf-8")
    assert "op.create_table" in text or "batch_op." in text


def test_no_difference_makes_an_empty_revision(migrations):
    """Tables and migrations agree, so that the next revision has nothing to do."""
    before = versions(migrations)
    write("nothing new", migrations)
    (found,) = set(versions(migrations)) - set(before)
    assert int(found.name[:4]) == int(before[-1].name[:4]) + 1
    assert "op." not in found.read_text("utf-8").partition("def upgrade")[2]
