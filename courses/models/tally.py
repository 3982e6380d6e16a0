from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from courses.models.unit import Unit


class Measure(models.TextChoices):
    """What is counted; `value` tells more of it.

    Completed has the time it took (courses.domain.duration), the three scores of evaluations have
    the score from 1 to 5. Renewed completions are apart, so that nobody is counted twice.
    """

    STARTED = "started", _("started")
    COMPLETED = "completed", _("completed")
    RENEWED = "renewed", _("renewed")
    USEFUL = "useful", _("useful")
    CLEAR = "clear", _("clear")
    RECOMMEND = "recommend", _("would recommend")


class Tally(models.Model):
    """How often something has happened in an agency in a quarter, counted as it happens.

    `quarter` is year × 4 + 0 to 3. courses.services.tallies adds to them in the transaction of the
    record itself, and `manage.py verify_counts` holds them against the records.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="tallies")
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    quarter = models.PositiveIntegerField(_("quarter"))
    measure = models.CharField(_("measure"), max_length=10, choices=Measure.choices)
    value = models.PositiveSmallIntegerField(_("value"), default=0)
    number = models.PositiveIntegerField(_("number"), default=0)

    class Meta:
        verbose_name = _("tally")
        verbose_name_plural = _("tallies")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "measure", "agency", "quarter", "value"], name="tally_once"
            ),
            models.UniqueConstraint(
                fields=["unit", "measure", "quarter", "value"],
                condition=models.Q(agency=None),
                name="tally_without_agency_once",
            ),
            models.CheckConstraint(
                condition=models.Q(measure__in=Measure.values), name="tally_measure_known"
            ),
        ]
        # Reports read these columns alone.
        indexes = [
            models.Index(
                fields=["unit", "measure", "agency", "quarter", "value", "number"],
                name="tally_read",
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.measure} {self.number}"


class Attitude(models.Model):
    """How many have chosen a step of an attitude scale: the only place where it is kept.

    Each learner counts once for each question. Never shown for fewer than five.
    """

    quiz = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="attitudes")
    question = models.CharField(_("question"), max_length=64)
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    step = models.PositiveSmallIntegerField(_("step"))
    number = models.PositiveIntegerField(_("number"), default=0)

    class Meta:
        verbose_name = _("attitude")
        verbose_name_plural = _("attitudes")
        constraints = [
            models.UniqueConstraint(
                fields=["quiz", "question", "agency", "step"], name="attitude_once"
            ),
            models.UniqueConstraint(
                fields=["quiz", "question", "step"],
                condition=models.Q(agency=None),
                name="attitude_without_agency_once",
            ),
            models.CheckConstraint(
                condition=models.Q(step__range=(1, 5)), name="attitude_from_1_to_5"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question} {self.step}"
