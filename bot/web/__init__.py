"""What is served over HTTP: health for now, and Telegram's webhook where one is configured."""
