from django.db import models


class PackItem(models.Model):
    """What a content pack has written: one row for each page or register row.

    `digest` is of what was written; with `revision` (pages only) it tells an editor's later
    change from a change in the pack.
    """

    pack = models.CharField(max_length=60)
    key = models.CharField(max_length=300)
    digest = models.CharField(max_length=64)
    revision = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pack", "key"], name="pack_item_once")]

    def __str__(self) -> str:
        return f"{self.pack}: {self.key}"
