"""Figures of learning, for whoever may see them.

    Tally rows → tallied.py → shown.py (what may be seen, and as what) → table.py → pages and files

Everything that leaves this package has gone through `shown.shown`. Reads, never writes.
"""
