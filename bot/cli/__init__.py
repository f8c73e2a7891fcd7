"""The command line: every command is one call into the newsroom, and every error is one line."""

import gc
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from bot.domain.errors import HabarshyError, NotUnderstood, SettingsError
from bot.logs import without_secrets
from summarizer.errors import SummarizerError

#: Exit statuses of the outward interface.
USAGE, FAILED = 2, 1


#: Where each command is, and its line in the list: importing only the one that runs keeps `habarshy` quick.
_COMMANDS = {
    "demo": ("bot.cli.demo:demo", "The whole path on the bundled sample."),
    "run": ("bot.cli.running:run", "Serve subscribers until stopped."),
    "collect": (
        "bot.cli.collecting:collect",
        "One pass over the due sources: fetch, store, group, summarize.",
    ),
    "articles": ("bot.cli.news:articles", "What is stored, as JSON Lines."),
    "digest": ("bot.cli.news:digest", "Compose a digest from the store and print it."),
    "deliver": ("bot.cli.sending:deliver", "Send what is due and exit."),
    "summarize": ("bot.cli.filters:summarize", "Summarize articles given as JSON Lines."),
    "group": ("bot.cli.filters:group", "Group articles into stories, one answer at once for each line."),
    "classify": ("bot.cli.filters:classify", "Tell the topics of articles."),
    "evaluate": ("bot.cli.evaluating:evaluate", "Figures on gold files."),
    "sources": ("bot.cli.sources:sources", "Where articles come from."),
    "subscribers": ("bot.cli.subscribers:subscribers", "Who reads."),
    "db": ("bot.cli.database:database", "The database: upgrade, check, back up, restore, move."),
    "doctor": ("bot.cli.doctor:doctor", "Whether all that Habarshy needs is there, and what to do if not."),
    "completion": ("bot.cli.completion:completion", "Completion for bash, zsh or fish."),
    "stats": ("bot.cli.database:stats", "Counts and health."),
}


class _Lazy(click.Group):
    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        if name not in _COMMANDS:
            return None
        module, _, attribute = _COMMANDS[name][0].partition(":")
        # Modules stay: to look for garbage among them takes a sixth of the time to load them, and later some
        # of every pass.
        gc.disable()
        command: click.Command = getattr(import_module(module), attribute)
        gc.freeze()
        gc.enable()
        return command

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in _COMMANDS.items()])


@click.group(
    cls=_Lazy,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: habarshy demo --lang kk",
)
@click.version_option(package_name="habarshy")
@click.option("--debug", is_flag=True, help="Show tracebacks (understood anywhere on the line).")
def cli(*, debug: bool) -> None:
    """Habarshy: a Telegram news digest in Kazakh, Russian and English."""


def main(argv: Sequence[str] | None = None) -> None:
    """Run a command and exit with the status of the outward interface."""
    words = list(sys.argv[1:] if argv is None else argv)
    debug = "--debug" in words
    try:
        status = cli.main([word for word in words if word != "--debug"], "habarshy", standalone_mode=False)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except SystemExit:
        # So click and rich end only when the reader of our output has gone (`habarshy articles | head`).
        sys.exit(0)
    except (click.ClickException, HabarshyError, SummarizerError) as error:
        if debug:
            raise
        _fail(error)
    except Exception as error:
        if debug:
            raise
        line = str(error).splitlines() or [""]
        _say(f"unexpected {type(error).__name__}: {line[0]}; run again with --debug to see where")
        sys.exit(FAILED)
    sys.exit(status if isinstance(status, int) else 0)


def _fail(error: Exception) -> None:
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        click.echo(error.format_message(), err=True)
        sys.exit(USAGE)
    if isinstance(error, click.UsageError):
        path = error.ctx.command_path if error.ctx else "habarshy"
        _say(f"{error.format_message()} See `{path} --help`.")
        sys.exit(USAGE)
    _say(error.format_message() if isinstance(error, click.ClickException) else str(error))
    sys.exit(USAGE if isinstance(error, SettingsError | NotUnderstood) else FAILED)


def _say(line: str) -> None:
    click.echo(f"habarshy: {without_secrets(' '.join(line.split()))}", err=True)
