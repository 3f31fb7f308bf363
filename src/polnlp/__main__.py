"""`python -m polnlp`: the command line, where the command `polnlp` is not on the path."""

from polnlp.cli.app import main

if __name__ == "__main__":
    main()
