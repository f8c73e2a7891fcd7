"""`habarshy doctor`."""

import json
from dataclasses import asdict

import click

from bot.app.doctor import Finding, Verdict, examine
from bot.cli.options import AS_JSON, asynchronous, read_settings
from bot.domain.errors import JobFailed

_MARKS = {Verdict.OK: "✓", Verdict.WARNING: "!", Verdict.FAILING: "✗"}


@click.command(epilog="Example: habarshy doctor")
@AS_JSON
@asynchronous
async def doctor(*, as_json: bool) -> None:
    """Look whether all that Habarshy needs is there; exit status 1 when something is missing."""
    failing = 0
    async for finding in examine(read_settings()):
        failing += finding.verdict is Verdict.FAILING
        click.echo(json.dumps(asdict(finding), ensure_ascii=False) if as_json else _line(finding))
    if failing:
        raise JobFailed(f"{failing} {'thing needs' if failing == 1 else 'things need'} you, see above")


def _line(finding: Finding) -> str:
    remedy = f" → {finding.remedy}" if finding.remedy else ""
    return f"{_MARKS[finding.verdict]} {finding.subject:11}{finding.seen}{remedy}"
