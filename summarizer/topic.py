"""The twelve topics a reader can choose from."""

from enum import StrEnum


class Topic(StrEnum):
    """A topic's key in settings, commands and files; its names for readers stand in the locale files."""

    POLITICS = "politics"
    ECONOMY = "economy"
    SOCIETY = "society"
    EDUCATION = "education"
    HEALTH = "health"
    TECHNOLOGY = "technology"
    ENERGY = "energy"
    ENVIRONMENT = "environment"
    INCIDENTS = "incidents"
    CULTURE = "culture"
    SPORT = "sport"
    WORLD = "world"
