"""Where the command begins, as ``kg`` and as ``python -m kg``."""

import sys

from kg.signals import INTERRUPTED

__all__ = ["main"]


def main() -> None:
    """Run the command; who interrupts it while it is still loading sees no traceback either."""
    try:
        from kg import cli
    except KeyboardInterrupt:
        sys.stderr.write("Interrupted.\n")
        sys.exit(INTERRUPTED)
    cli.main()


if __name__ == "__main__":
    main()
