from typing import Any

from django.db.models import Model


def save_row(row: Model, values: dict[str, Any]) -> None:
    """Sets, checks and saves. Raises ValidationError or DatabaseError for what cannot be."""
    for name, value in values.items():
        setattr(row, name, value)
    row.full_clean()
    row.save()
