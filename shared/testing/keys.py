"""Keys for tests: fixed, so that a failing run can be repeated; worth nothing outside."""

FIELD_KEYS = "t1:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
BLIND_KEY = "YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXphYmNkZWY="
