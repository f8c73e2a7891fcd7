"""The outside world: sources, store, Telegram, the clock."""

import zoneinfo

# A system's zone files may be older than Kazakhstan's move to UTC+5 (March 2024): only the package counts.
zoneinfo.reset_tzpath(())
