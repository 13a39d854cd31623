"""The HTTP service over vnadmin: routes, jobs, pages. No parsing logic: `vnadmin.parse` does all of that."""
