"""How much data is made. Needs no Django, as the command line reads it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """`completions` of modules and courses together, which is met to within one."""

    agencies: int = 200
    learners: int = 10_000
    completions: int = 160_000
    attempts: int = 1_000
    quarters: int = 12
    seed: int = 1
