"""Reading: texts in, stories and summaries out. No database, no Telegram, no clock."""
