"""What is served over HTTP: pages, feeds, the Mini App, the dashboard, health, and Telegram's webhook."""
