"""The Mini App: a reader's own settings, inside Telegram."""
