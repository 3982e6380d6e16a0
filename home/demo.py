"""Accounts to try the site with. Never on a site that others can reach: the password is known."""

from dataclasses import dataclass

from django.contrib.auth.models import Group

from agencies.models import User

PASSWORD = "snackan-demo"  # noqa: S105  known on purpose


@dataclass(frozen=True)
class Account:
    role: str
    email: str
    name: str
    groups: tuple[str, ...] = ()
    superuser: bool = False


ACCOUNTS = (
    Account("administrator", "admin@example.org", "Administratör", superuser=True),
    Account("editor", "redaktor@example.org", "Redaktör", groups=("Editors", "Moderators")),
)


def make_demo_accounts() -> tuple[Account, ...]:
    """Makes the accounts that are missing and leaves the others as they are."""
    for account in ACCOUNTS:
        if User.objects.filter(email=account.email).exists():
            continue
        user = User.objects.create_user(
            account.email,
            PASSWORD,
            first_name="Demo",
            last_name=account.name,
            is_superuser=account.superuser,
        )
        user.groups.set(Group.objects.filter(name__in=account.groups))
    return ACCOUNTS
