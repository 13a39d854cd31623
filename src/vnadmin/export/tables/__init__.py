"""Documents as rows: CSV, Excel, Parquet."""
