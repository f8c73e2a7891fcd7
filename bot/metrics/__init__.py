"""What is measured, and in whose words: Prometheus is known in this room only."""
