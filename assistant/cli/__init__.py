"""The command line: `assistant COMMAND`; each command imports what it needs when it runs, so that help is instant."""

from __future__ import annotations

import errno
import os
import sys

# what can be done about what the machine refuses
ADVICE = {
    errno.ENOSPC: "the disk is full: free some space, or pass --state a folder on another disk",
    errno.EDQUOT: "the quota is used up: free some space, or pass --state a folder on another disk",
    errno.EACCES: "permission denied: choose a place that may be written, such as --state FOLDER",
    errno.EPERM: "not permitted: choose a place that may be written, such as --state FOLDER",
    errno.EROFS: "it is on a read-only disk: pass --state a folder that may be written",
    errno.ENOENT: "there is no such place: check the path",
    errno.EISDIR: "it is a folder: name a file",
    errno.ENOTDIR: "a part of the path is a file: name a folder",
    errno.EEXIST: "something of that name is there already: choose another place",
    errno.ENAMETOOLONG: "the name is too long",
}


def main() -> None:
    """Entry point of the `assistant` script. Exit codes: 0 done, 1 failed, 2 wrong use or a workspace that cannot be loaded, 130 stopped by Ctrl+C."""
    from assistant.cli.commands import app
    from assistant.errors import AssistantError, ConfigError, InvalidInput

    try:
        app()
    except ConfigError as error:
        print(f"assistant: {error.message}", file=sys.stderr)
        for problem in error.problems:
            # some messages are made of their problems
            if str(problem) not in error.message:
                print(f"  {problem}", file=sys.stderr)
        sys.exit(2)
    except AssistantError as error:
        print(f"assistant: {error.message}", file=sys.stderr)
        sys.exit(2 if isinstance(error, InvalidInput) else 1)
    except BrokenPipeError:
        # the reader went away: nothing more can be said, and Python must not complain about it at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except KeyboardInterrupt:
        print("assistant: stopped", file=sys.stderr)
        sys.exit(130)
    except OSError as error:
        if error.errno is None:
            raise
        place = f"{os.fsdecode(error.filename)}: " if error.filename is not None else ""
        print(f"assistant: {place}{ADVICE.get(error.errno, error.strerror or str(error))}", file=sys.stderr)
        sys.exit(1)
