"""The command line: a thin coat over library functions, one file per command."""
