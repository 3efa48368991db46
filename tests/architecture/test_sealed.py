"""What is sealed can be moved under a new key: no sealed column is forgotten."""

import importlib

import pytest
from sqlalchemy import LargeBinary, MetaData

SERVICES = ("intake", "mediation", "welfare", "notify", "workbench")


@pytest.mark.parametrize("service", SERVICES)
def test_every_sealed_column_is_one_that_reseal_moves(service: str) -> None:
    tables = importlib.import_module(f"services.{service}.tables")
    metadata: MetaData = tables.Row.metadata
    found = {
        (table.name, column.name)
        for table in metadata.tables.values()
        for column in table.columns
        if (column.name == "sealed" or column.name.endswith("_sealed"))
        and not isinstance(column.type, LargeBinary)
    }
    assert found == {(one.table, one.column) for one in tables.SEALED}
    for one in tables.SEALED:
        assert one.key in metadata.tables[one.table].primary_key.columns


@pytest.mark.parametrize("service", SERVICES)
def test_the_service_moves_them(service: str) -> None:
    main = importlib.import_module(f"services.{service}.main")
    assert main.service.sealed == importlib.import_module(f"services.{service}.tables").SEALED
