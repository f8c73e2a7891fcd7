"""`habarshy completion`: the script by which a shell completes commands and options."""

import click
from click.shell_completion import get_completion_class

_SHELLS = ("bash", "zsh", "fish")


@click.command(epilog="Example: habarshy completion bash > ~/.habarshy-completion.bash")
@click.argument("shell", type=click.Choice(_SHELLS))
@click.pass_context
def completion(context: click.Context, *, shell: str) -> None:
    """Print what SHELL needs to complete commands and options; its start-up file evaluates it."""
    made = get_completion_class(shell)
    assert made
    click.echo(made(context.find_root().command, {}, "habarshy", "_HABARSHY_COMPLETE").source())
