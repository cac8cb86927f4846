"""The workbench behind the `harvest` command: check, build aside, swap in, look at it, publish."""
