"""Scans of the code, as a table without a class."""

from sqlalchemy import Column, Integer, MetaData, String, Table

metadata = MetaData()

architecture_scan = Table(
    "architecture_scans",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("status", String(30), nullable=False, index=True),
)
