"""What the guard catches and what it wrongly stops: `python -m summarizer.evaluation.guard GOLD.jsonl…`.

The written references and the extractive summaries of the gold articles are taken as true; each is also made
false in every way of `corruption`. Prints, by kind and language, the share of falsehoods turned down, and the
share of true summaries turned down with them.
"""

import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from summarizer.article import Article
from summarizer.evaluation.corruption import falsehoods
from summarizer.evaluation.gold import read_summaries
from summarizer.writing.extractive import ExtractiveWriter
from summarizer.writing.faithfulness import check
from summarizer.writing.writer import Limits


@dataclass
class Share:
    """How many of how many."""

    stopped: int = 0
    seen: int = 0

    def count(self, *, stopped: bool) -> None:
        """One more was seen."""
        self.seen += 1
        self.stopped += stopped

    def __str__(self) -> str:
        return f"{self.stopped}/{self.seen} ({self.stopped / self.seen:.1%})" if self.seen else "-"


@dataclass
class Report:
    """The guard's two shares."""

    #: By kind of falsehood and language.
    caught: dict[tuple[str, str], Share] = field(default_factory=lambda: defaultdict(Share))
    #: By "references" and "extractive".
    alarms: dict[str, Share] = field(default_factory=lambda: defaultdict(Share))

    def kind(self, *kinds: str) -> Share:
        """The kinds together, over all languages."""
        shares = [share for (kind, _), share in self.caught.items() if kind in kinds]
        return Share(sum(share.stopped for share in shares), sum(share.seen for share in shares))


def measure(paths: Sequence[Path]) -> Report:
    """Run the guard over true and false summaries of the gold articles."""
    report = Report()
    gold = [row for path in paths for row in read_summaries(path)]
    articles = [row.article() for row in gold]
    references = [(article, row.reference) for article, row in zip(articles, gold, strict=True)]
    drafts = ExtractiveWriter().write(articles, Limits())
    extracts = [(article, draft.text) for article, draft in zip(articles, drafts, strict=True)]
    for name, pairs in (("references", references), ("extractive", extracts)):
        for article, summary in pairs:
            report.alarms[name].count(stopped=_stops(summary, article))
    for lie in falsehoods([*references, *extracts]):
        report.caught[lie.kind, lie.article.lang].count(stopped=_stops(lie.text, lie.article))
    return report


def _stops(summary: str, article: Article) -> bool:
    return bool(check(summary, article))


def main(paths: Sequence[str]) -> None:
    """Print the report."""
    report = measure([Path(path) for path in paths])
    lines = [f"caught {kind:9} {lang}  {share}" for (kind, lang), share in sorted(report.caught.items())]
    lines += [f"caught {kind:9}     {report.kind(kind)}" for kind in ("number", "name")]
    lines += [f"caught negation, role, modality  {report.kind('negation', 'role', 'modality')}"]
    lines += [f"false alarms, {name}  {share}" for name, share in report.alarms.items()]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
