"""`python -m postmortem.cli` is `postmortem`."""

from postmortem.cli import main

main()
