import datetime

from django.db import transaction

from agencies.models import User
from courses.models import Reflection, Unit

MAX_LENGTH = 5000


@transaction.atomic
def save_reflection(
    *, user: User, lesson: Unit, prompt: str, question: str, text: str, now: datetime.datetime
) -> None:
    """Keeps the note, shortened to MAX_LENGTH characters; an empty one takes it away."""
    # Browsers count a line break as one character, and send two.
    text = text.replace("\0", "").replace("\r\n", "\n").strip()[:MAX_LENGTH]
    if not text:
        Reflection.objects.filter(user=user, prompt=prompt).delete()
        return
    Reflection.objects.update_or_create(
        user=user,
        prompt=prompt,
        defaults={"lesson": lesson, "question": question, "text": text, "changed_at": now},
    )
