"""`python -m vnadmin`: the command line."""

from vnadmin.commands.cli import main

if __name__ == "__main__":
    main()
