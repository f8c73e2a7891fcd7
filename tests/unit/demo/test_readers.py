from bot.demo.readers import READERS
from summarizer.topic import Topic


def test_three_readers_speak_three_languages():
    """Kazakh reads economy and technology, Russian society and incidents, English everything."""
    wishes = {reader.preferences.languages: reader.preferences.topics for reader in READERS}
    assert wishes == {
        ("kk",): {Topic.ECONOMY, Topic.TECHNOLOGY},
        ("ru",): {Topic.SOCIETY, Topic.INCIDENTS},
        ("en",): set(Topic),
    }
