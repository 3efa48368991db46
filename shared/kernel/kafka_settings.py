"""Where the Kafka cluster is and how to get in: what every program that talks to it reads from its environment."""

from typing import Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings

from shared.kernel.bus_kafka_client import KafkaAccess

PARTITIONS_MAX = 100


class KafkaSettings(BaseSettings):
    """In clear inside a trusted network; with a CA over TLS; with name and password over TLS and SCRAM-SHA-512."""

    kafka_bootstrap: str = Field(
        min_length=1,
        description="<host>:9092[,<host>:9092...], where the Kafka brokers answer",
    )
    kafka_ca_file: str | None = Field(
        None,
        description="the PEM file of the authority that signed the brokers' certificates; then TLS is used",
    )
    kafka_username: str | None = Field(
        None, description="the SCRAM-SHA-512 user of this service; then TLS is used"
    )
    kafka_password: SecretStr | None = Field(
        None, description="the password that goes with KAFKA_USERNAME"
    )
    kafka_partitions: int | None = Field(
        None,
        ge=1,
        le=PARTITIONS_MAX,
        description="how many partitions new topics get, and so how many workers of one service can share the work"
        " (else what the contracts say); topics that exist keep theirs",
    )

    @model_validator(mode="after")
    def _name_and_password(self) -> Self:
        if (self.kafka_username is None) != (self.kafka_password is None):
            raise ValueError("KAFKA_USERNAME and KAFKA_PASSWORD are set together or not at all")
        return self

    @property
    def kafka(self) -> KafkaAccess:
        """What every client of the cluster needs."""
        password = self.kafka_password.get_secret_value() if self.kafka_password else None
        return KafkaAccess(self.kafka_bootstrap, self.kafka_ca_file, self.kafka_username, password)
