"""Outbound Telegram: digests as HTML, the pace of sending, and what an answer means."""
