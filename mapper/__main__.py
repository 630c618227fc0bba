"""What the command ``mapper`` starts: also while it is still loading, an interrupt is one line and no traceback."""

from __future__ import annotations

import sys

EXIT_INTERRUPTED = 130


def main() -> None:
    """Load the commands, and run one."""
    try:
        from mapper.cli import main as run
    except KeyboardInterrupt:
        sys.exit(EXIT_INTERRUPTED)
    run()


if __name__ == "__main__":
    main()
