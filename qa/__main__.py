"""`python -m qa` is the command `hoibao`."""

from qa.cli import main

main()
