"""A terminal in the place of Telegram: each part in a box, as a phone would show it."""

from datetime import timedelta
from html.parser import HTMLParser

from rich.console import Console
from rich.panel import Panel
from rich.style import Style
from rich.text import Text

from bot.domain.delivery import Outcome, Part, Revision, Sent

_STYLES = {"b": Style(bold=True), "i": Style(italic=True), "blockquote": Style(dim=True)}
_WIDTH = 84


class TerminalMessenger:
    """newsroom.ports.Messenger that prints."""

    def __init__(self, console: Console, title: str) -> None:
        self._console = console
        self._title = title
        self._sent = 0

    rate = 1000.0

    def pause(self, part: Part) -> timedelta:  # noqa: ARG002 - the port names it
        """No chat needs a rest."""
        return timedelta(0)

    def halt(self) -> timedelta:
        """A terminal never asks for silence."""
        return timedelta(0)

    async def turn(self, part: Part) -> timedelta:  # noqa: ARG002 - the port names it
        """A terminal never asks for a pause."""
        return timedelta(0)

    async def send(self, part: Part) -> Outcome:
        """Print the part; it always arrives."""
        self._sent += 1
        width = min(_WIDTH, self._console.width)
        self._console.print(
            Panel(as_rich(part.html), title=Text(self._title), title_align="left", width=width)
        )
        return Sent(self._sent)

    async def edit(self, revision: Revision) -> Outcome:
        """What is printed stays printed."""
        return Sent(revision.message)


def as_rich(html: str) -> Text:
    """Telegram HTML as styled text; links stay clickable where the terminal can."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.text


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = Text()
        self._styles: list[Style] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        link = dict(attrs).get("href")
        self._styles.append(Style(underline=True, link=link) if link else _STYLES.get(tag, Style()))

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - the base class names it
        if self._styles:
            self._styles.pop()

    def handle_data(self, data: str) -> None:
        self.text.append(data, Style.combine(self._styles) if self._styles else Style())
