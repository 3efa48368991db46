"""Short-lived signed tokens for the services; one per actor and service until shortly before it ends."""

from functools import lru_cache

from services.workbench.settings import WorkbenchSettings
from shared.kernel.auth import TokenIssuer
from shared.kernel.context import Context
from shared.vocabulary.people import Actor


def token_for(context: Context, actor: Actor, audience: str) -> str:
    """The actor's token for one service."""
    settings = settings_of(context)
    return _issuer(settings.token_private_key.get_secret_value()).issue(actor, audience)


def settings_of(context: Context) -> WorkbenchSettings:
    """This service's own settings."""
    settings = context.settings
    if not isinstance(settings, WorkbenchSettings):
        raise TypeError("the workbench needs its own settings")
    return settings


@lru_cache(maxsize=4)
def _issuer(private_pem: str) -> TokenIssuer:
    return TokenIssuer(private_pem)
