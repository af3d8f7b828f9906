"""The command line: thin, and the only reader of the environment.

Exit codes: 0 success (a safety stop is a result, not a failure), 2 bad input (one line: what, where, remedy),
3 not built yet. With ``--json`` one object goes to standard output; what is meant for people goes to standard error.
"""

from enbloc.cli.commands import app
from enbloc.cli.running import main

__all__ = ["app", "main"]
