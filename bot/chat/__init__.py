"""Inbound Telegram: commands and taps become the newsroom's verbs, answered in the reader's language."""
