"""One file for each family of record contracts; `etl.contracts.records` lists them all."""
