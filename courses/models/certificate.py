from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models.learning import Completion


class Certificate(models.Model):
    """Made once, at the holder's wish, and never anew: it depends on no other row.

    `code` is what anyone can check it by; `withdrawn_at` is when the holder closed that page.
    """

    completion = models.OneToOneField(
        Completion, on_delete=models.PROTECT, related_name="certificate"
    )
    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=150)
    course = models.CharField(_("course"), max_length=200)
    version = models.PositiveIntegerField(_("version"))
    date = models.DateField(_("date"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=10)
    made_at = models.DateTimeField(_("made"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        ordering = ["-date", "-pk"]
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")

    def __str__(self) -> str:
        return self.code


class CertificateFile(models.Model):
    """The PDF, in a table of its own so that no list reads it by mistake."""

    certificate = models.OneToOneField(
        Certificate, on_delete=models.CASCADE, related_name="file", primary_key=True
    )
    pdf = models.BinaryField()

    def __str__(self) -> str:
        return str(self.certificate_id)


SCORES = [(score, str(score)) for score in range(1, 6)]


class Evaluation(models.Model):
    """What somebody thought of a course: three scores from 1 to 5, and words of their own."""

    completion = models.OneToOneField(
        Completion, on_delete=models.CASCADE, related_name="evaluation"
    )
    useful = models.PositiveSmallIntegerField(_("useful"), choices=SCORES)
    clear = models.PositiveSmallIntegerField(_("clear"), choices=SCORES)
    recommend = models.PositiveSmallIntegerField(_("would recommend"), choices=SCORES)
    words = models.TextField(_("words of their own"), max_length=2000, blank=True)
    at = models.DateTimeField(_("given"))

    class Meta:
        verbose_name = _("evaluation")
        verbose_name_plural = _("evaluations")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    useful__range=(1, 5), clear__range=(1, 5), recommend__range=(1, 5)
                ),
                name="evaluation_from_1_to_5",
            )
        ]

    def __str__(self) -> str:
        return str(self.completion)
