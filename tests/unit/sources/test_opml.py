"""Lists of sources as other readers keep them."""

import pytest

from bot.domain.errors import SettingsError
from bot.domain.source import Kind, Source
from bot.sources.opml import export_opml, import_opml
from summarizer.topic import Topic

SOURCES = (
    Source("Тау & «су»", "https://tau.example/rss?a=1&b=2", lang="kk", topics=(Topic.ECONOMY, Topic.ENERGY)),
    Source("Дала", "https://dala.example/", Kind.PAGE, topics=(Topic.ECONOMY,)),
    Source("Көл", "https://t.me/kol_habary", Kind.CHANNEL),
)


def test_what_is_exported_is_imported_again():
    """Names, addresses, kinds, languages and topics survive the round."""
    assert set(import_opml(export_opml(SOURCES), "x")) == set(SOURCES)


def test_folders_are_topics_in_any_language():
    """Nested folders add up, unknown ones mean nothing, and a feed in two folders has both topics."""
    document = """<?xml version="1.0"?><opml version="1.0"><head/><body>
      <outline text="Спорт"><outline title="Энергетика">
        <outline type="rss" title="А" xmlUrl="https://a.example/rss"/></outline></outline>
      <outline text="Менің тізімім">
        <outline text="Б" xmlUrl="https://b.example/rss" category="/health,x"/></outline>
      <outline text="society"><outline text="А тағы" xmlUrl="https://a.example/rss#2"/></outline>
      <outline text="А" xmlUrl="https://c.example/rss"/>
    </body></opml>"""
    found = {source.url: source for source in import_opml(document, "x")}
    assert found["https://a.example/rss"].topics == (Topic.SOCIETY, Topic.ENERGY, Topic.SPORT)
    assert found["https://b.example/rss"].topics == (Topic.HEALTH,)
    assert [source.name for source in found.values()] == ["А", "Б", "А (2)"]


def test_addresses_that_are_none_are_left_out():
    """Only http and https sources are taken from a stranger's list."""
    document = '<opml><body><outline text="x" xmlUrl="file:///etc/passwd"/><outline text="y"/></body></opml>'
    assert import_opml(document, "x") == ()


@pytest.mark.parametrize("text", ["", "words", "<html><body>login</body></html>"])
def test_what_is_no_opml_is_refused_with_the_files_name(text):
    """One line that names the file."""
    with pytest.raises(SettingsError, match=r"^my\.opml: not OPML"):
        import_opml(text, "my.opml")


def test_folders_without_end_end():
    """Nesting beyond any use is not followed."""
    document = "<opml><body>" + '<outline text="a">' * 5_000 + '<outline xmlUrl="https://a.example/"/>'
    assert import_opml(document, "x") == ()
