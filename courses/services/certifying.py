"""Certificates: made once, stored, and withdrawn by the holder."""

import datetime
import secrets

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import override

from courses.certificates import CertificateText, certificate_pdf
from courses.domain.completion import valid_until
from courses.models import Certificate, CertificateFile, Completion, Unit
from courses.versions import compiled_course, module_specs

# Without letters and digits that are taken for each other.
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
CODE_LENGTH = 12
MAX_NAME = 150


def make_certificate(
    *, completion: Completion, name: str, language: str, site_name: str, address: str,
    now: datetime.datetime,
) -> Certificate:  # fmt: skip
    """The certificate of a completed course, made at the first call and the same ever after.

    `name` is the holder's, as it shall stand there; `address` that of the check page, with
    `{code}` in it.
    """
    existing = Certificate.objects.filter(completion=completion).first()
    if existing:
        return existing
    code = "".join(secrets.choice(_ALPHABET) for _place in range(CODE_LENGTH))
    text = _text(completion, name, language, site_name, code, address.format(code=code))
    pdf = certificate_pdf(text)
    try:
        with transaction.atomic():
            certificate = Certificate.objects.create(
                completion=completion,
                code=code,
                name=name[:MAX_NAME],
                course=text.course,
                version=completion.version.number,
                date=text.date,
                valid_until=text.valid_until,
                language=language,
                made_at=now,
            )
            CertificateFile.objects.create(certificate=certificate, pdf=pdf)
    except IntegrityError:
        return Certificate.objects.get(completion=completion)
    return certificate


def withdraw_certificate(*, certificate: Certificate, now: datetime.datetime) -> None:
    """Closes the check page; the holder keeps the file."""
    if certificate.withdrawn_at is None:
        certificate.withdrawn_at = now
        certificate.save(update_fields=["withdrawn_at"])


def restore_certificate(*, certificate: Certificate) -> None:
    """Opens the check page again."""
    certificate.withdrawn_at = None
    certificate.save(update_fields=["withdrawn_at"])


def _text(
    completion: Completion, name: str, language: str, site_name: str, code: str, address: str
) -> CertificateText:
    spec = compiled_course(completion.version).structure
    units = {str(unit.key): unit for unit in Unit.objects.filter(key__in=spec.modules)}
    modules = [units[key] for key in spec.modules if key in units]
    minutes = sum(one.minutes for one in module_specs(spec.modules, language).values())
    date = timezone.localdate(completion.at)
    with override(language):
        return CertificateText(
            name=name[:MAX_NAME],
            course=completion.unit.title_in(language),
            modules=tuple(module.title_in(language) for module in modules),
            minutes=minutes,
            version=str(completion.version.number),
            date=date,
            valid_until=valid_until(date, spec.validity_months),
            code=code,
            address=address,
            language=language,
            site_name=site_name,
        )
