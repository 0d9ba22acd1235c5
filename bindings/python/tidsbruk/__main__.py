"""`python -m tidsbruk` is the command line."""

import sys

from tidsbruk.cli import main

if __name__ == "__main__":
    sys.exit(main())
