"""How long the facets beside a search take in a generated catalogue: all of them, of the documents found.

    python bench/facets.py [--documents 100000] [--catalog /tmp/vnadmin-facets.db] [--rounds 12]

The catalogue is that of `bench/search.py`, made once and kept. The time of the processor and the wall clock are both given.
"""

from __future__ import annotations

import statistics
import sys
import time

from sqlalchemy import Connection

from search_catalog import SECTORS, TOPICS, filled, options_for
from vnadmin.index.search.query import read_query
from vnadmin_service.archive.facets import Filters, count_facets

LIMIT = 100.0  # ms: what the median of each kind may take


def asked(connection: Connection) -> dict[str, tuple[str, Filters]]:
    """A search of each kind, with what is chosen beside it."""
    issuer = next(iter(count_facets(connection, read_query(""), Filters())[0]["issuer"])).value
    return {
        "nothing: the newest 10,000 of all": ("", Filters()),
        "a topic": (TOPICS[0], Filters()),
        "a word that every document has": ("và", Filters()),
        "an issuer and years": (f'co-quan:"Sở {SECTORS[0][0]}" tu:2010 den:2018', Filters()),
        "a year chosen": ("", Filters(year="2015")),
        "an issuer chosen": ("", Filters(issuer=issuer)),
    }


def main() -> int:
    options = options_for(__doc__, catalog="/tmp/vnadmin-facets.db", rounds=12)
    engine = filled(options.catalog, options.documents)
    kept = True
    print("| search | processor p50 | wall clock p50 | slowest |\n|---|---|---|---|")
    with engine.connect() as connection:
        for kind, (text, filters) in asked(connection).items():
            query, spent = read_query(text), list[tuple[float, float]]()
            for _ in range(options.rounds):
                wall, cpu = time.perf_counter(), time.process_time()
                count_facets(connection, query, filters)
                spent.append((1000 * (time.process_time() - cpu), 1000 * (time.perf_counter() - wall)))
            cpus, walls = zip(*spent, strict=True)
            kept &= statistics.median(cpus) < LIMIT
            print(f"| {kind} | {statistics.median(cpus):.0f} | {statistics.median(walls):.0f} | {max(walls):.0f} |")
    engine.dispose()
    print(f"\nthe limit is {LIMIT:.0f} ms: {'kept' if kept else 'NOT KEPT'}")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
