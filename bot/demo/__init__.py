"""The bundled sample: six invented outlets, their loopback site, and three invented readers."""
