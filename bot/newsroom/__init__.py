"""One verb a file: what the product does, with the outside world behind Protocols."""
