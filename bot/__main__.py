"""`python -m bot` is `habarshy`."""

from bot.cli import main

if __name__ == "__main__":
    main()
