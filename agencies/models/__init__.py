from agencies.models.agency import Agency, AgencyDomain, AgencyKind, County
from agencies.models.membership import Membership, Role
from agencies.models.succession import Succession, SuccessionKind, SuccessionLink
from agencies.models.user import User

__all__ = [
    "Agency",
    "AgencyDomain",
    "AgencyKind",
    "County",
    "Membership",
    "Role",
    "Succession",
    "SuccessionKind",
    "SuccessionLink",
    "User",
]
