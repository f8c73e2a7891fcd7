"""The reference says what the code says."""

from dev.reference import FOLDER, pages, write


def test_the_reference_is_up_to_date():
    """Otherwise: make reference."""
    assert {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")} == pages()


def test_every_setting_and_command_is_explained():
    """A setting without a meaning, or a command without an example, is no reference."""
    rows = [line for line in pages()["settings.md"].splitlines() if line.startswith("| `HABARSHY_")]
    assert all(row.rsplit("|", 2)[1].strip() for row in rows)
    commands = pages()["commands.md"]
    assert commands.count("\n## habarshy ") == commands.count("Example: ")


def test_writing_makes_the_folder(tmp_path):
    """A fresh checkout may lack it."""
    write(tmp_path / "docs" / "reference")
    assert (tmp_path / "docs" / "reference" / "topics.md").is_file()
