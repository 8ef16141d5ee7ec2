"""The command line: `assistant COMMAND`; each command imports what it needs when it runs, so that help is instant."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Entry point of the `assistant` script. Exit codes: 0 done, 1 failed, 2 wrong use or a workspace that cannot be loaded."""
    from assistant.cli.commands import app
    from assistant.errors import AssistantError, ConfigError

    try:
        app()
    except ConfigError as error:
        print(error.message, file=sys.stderr)
        for problem in error.problems:
            print(f"  {problem}", file=sys.stderr)
        sys.exit(2)
    except AssistantError as error:
        print(f"{error.code}: {error.message}", file=sys.stderr)
        sys.exit(1)
    except BrokenPipeError:
        # the reader went away: nothing more can be said, and Python must not complain about it at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
