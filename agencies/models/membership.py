from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models.agency import Agency


class Role(models.TextChoices):
    LEARNER = "learner", _("learner")
    CONTACT_PERSON = "contact_person", _("contact person")
    TRAINER = "trainer", _("trainer")
    COUNTY_COORDINATOR = "county_coordinator", _("county co-ordinator")
    EDITOR = "editor", _("editor")
    ADMINISTRATOR = "administrator", _("administrator")


class Membership(models.Model):
    """A person's role in an agency, from the first to the last day, both included.

    Memberships are ended, not deleted. The database refuses a second one of the same role for
    the same person in the same agency on any day: a unique constraint for those that go on,
    and a trigger (migration 0002) for those with an end.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    start = models.DateField(_("first day"))
    end = models.DateField(_("last day"), null=True, blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+", verbose_name=_("changed by"),
    )  # fmt: skip
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        ordering = ["start", "pk"]
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end__gte=models.F("start")),
                name="membership_ends_after_start",
                violation_error_message=_("The last day cannot come before the first."),
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="membership_role_known"
            ),
            models.UniqueConstraint(
                fields=["user", "agency", "role"],
                condition=models.Q(end=None),
                name="membership_active_once",
                violation_error_message=_("The person already has this role in the agency."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}, {self.agency}"
