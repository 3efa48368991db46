"""What Alembic runs for every history: the kernel's and each service's (see ../schema.py).

The connection, the metadata and the schema come from the caller, so one environment serves them all.
"""

from typing import Any

from alembic import context

given = context.config.attributes
schema: str | None = given["schema"]


def in_our_schema(name: str | None, kind: str, _parents: Any) -> bool:
    """Each history minds its own schema: the kernel's tables are nothing to a service's history."""
    return kind != "schema" or name == schema


context.configure(
    connection=given["connection"],
    target_metadata=given["metadata"],
    version_table="alembic_version",
    version_table_schema=schema,
    include_schemas=schema is not None,
    include_name=in_our_schema,
    compare_type=True,
    compare_server_default=True,
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
