"""`python -m vnadmin`: the command line."""

from vnadmin.cli import main

if __name__ == "__main__":
    main()
