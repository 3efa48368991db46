"""A small system for the launcher's tests: two services, one simulator, on ports that no other test run wants."""

from deploy.local.plan import Plan, Program
from deploy.local.ports import any_free

FAKE = "tests.deploy.fake_service"

PLAN = Plan(
    services=(
        Program("alpha", FAKE, any_free(), ("serve", "alpha"), secrets=("FIELD_KEYS",)),
        Program("beta", FAKE, any_free(), ("serve", "beta"), secrets=("TOKEN_PRIVATE_KEY",)),
    ),
    simulators=(Program("gamma", FAKE, any_free(), ("serve", "gamma"), secrets=("SMS_KEY",)),),
    topics=None,
    seed="tests.deploy.fake_seed",
    front="beta",
    postgres_port=any_free(),
    valkey_port=any_free(),
    kafka_port=any_free(),
)
