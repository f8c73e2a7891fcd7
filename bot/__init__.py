"""The outside world: sources, store, Telegram, the clock."""
