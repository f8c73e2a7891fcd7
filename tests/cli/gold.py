"""Invented gold: an article with an editor's notes, and three articles of two stories."""

ROW = {
    "id": "a1",
    "lang": "en",
    "source": "The Steppe Herald",
    "published": None,
    "title": "Bridge over the Tobol opens",
    "sentences": [
        "Hello, dear readers.",
        "A bridge of 1 250 metres over the Tobol opened on Friday, Mayor Anna Kim said.",
        "It cost 40.5 million tenge.",
        "The weather was fine.",
    ],
    "reference": "A bridge over the Tobol, 1 250 metres long, opened on Friday.",
    "headline": "A bridge over the Tobol opened",
    "best": [1],
    "facts": [{"text": "A bridge over the Tobol opened on Friday", "weight": 3, "sentences": [1]}],
    "topics": ["economy", "society"],
}
STREAM = [
    {"id": name, "story": story, "lang": "en", "title": f"Title {name}", "text": f"Text {name} is long."}
    for name, story in (("a", "s"), ("b", "s"), ("c", "t"))
]
