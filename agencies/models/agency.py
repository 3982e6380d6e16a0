from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel


class InTwoLanguages(models.Model):
    """Something in the register with an official Swedish name and its English form."""

    name = models.CharField(_("name in Swedish"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        if (get_language() or "").startswith("en") and self.name_en:
            return self.name_en
        return self.name


class County(InTwoLanguages):
    """One of the 21 counties; `code` is the two-digit county code of Statistics Sweden."""

    key = models.SlugField(_("key"), max_length=60, unique=True)
    code = models.CharField(_("county code"), max_length=2, unique=True)

    class Meta:
        ordering = ["code"]
        verbose_name = _("county")
        verbose_name_plural = _("counties")


class AgencyKind(models.TextChoices):
    STATE_AGENCY = "state_agency", _("state agency")
    COUNTY_BOARD = "county_board", _("county administrative board")
    MUNICIPALITY = "municipality", _("municipality")
    REGION = "region", _("region")
    UNIVERSITY = "university", _("university")
    COMPANY = "company", _("company")
    ASSOCIATION = "association", _("association")
    OTHER = "other", _("other")


class Agency(InTwoLanguages, ClusterableModel):
    """An organisation, as it was called from `active_from` to `active_to`, both days included.

    A change of name, a merger and a split make new rows, joined by a Succession. An agency
    without a county works in the whole country. `employees` and `managers` are how many people
    and how many managers work there, where the agency has said so.
    """

    key = models.SlugField(_("key"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=AgencyKind.choices)
    county = models.ForeignKey(
        County, verbose_name=_("county"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="agencies", help_text=_("Leave empty for an agency of the whole country."),
    )  # fmt: skip
    employees = models.PositiveIntegerField(_("employees"), null=True, blank=True)
    managers = models.PositiveIntegerField(_("managers"), null=True, blank=True)
    active_from = models.DateField(_("active from"), null=True, blank=True)
    active_to = models.DateField(_("active to"), null=True, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(active_to__gte=models.F("active_from")),
                name="agency_ends_after_start",
                violation_error_message=_("The last day cannot come before the first."),
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=AgencyKind.values), name="agency_kind_known"
            ),
            models.CheckConstraint(
                condition=models.Q(managers__lte=models.F("employees")),
                name="agency_managers_are_employees",
                violation_error_message=_("There cannot be more managers than employees."),
            ),
        ]


class AgencyDomain(models.Model):
    """An e-mail domain, such as skatteverket.se, that shows which agency a person is from."""

    agency = ParentalKey(Agency, on_delete=models.CASCADE, related_name="domains")
    domain = models.CharField(_("e-mail domain"), max_length=253, unique=True)

    class Meta:
        ordering = ["domain"]
        verbose_name = _("e-mail domain")
        verbose_name_plural = _("e-mail domains")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(domain__regex=r"^[a-z0-9-]+(\.[a-z0-9-]+)+$"),
                name="agency_domain_lower_case",
                violation_error_message=_("Write the domain in lower case, without @."),
            )
        ]

    def __str__(self) -> str:
        return self.domain
