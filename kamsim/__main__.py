"""``python -m kamsim``."""

import sys

from kamsim.cli import main

if __name__ == "__main__":
    sys.exit(main())
