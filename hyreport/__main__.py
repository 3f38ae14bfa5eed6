"""Lets `python -m hyreport VERB` do what `hyreport VERB` does."""

import sys

from hyreport.cli import main

if __name__ == "__main__":
    sys.exit(main())
