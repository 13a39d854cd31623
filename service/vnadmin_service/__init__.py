"""The HTTP service over vnadmin: routes, jobs and manners. No parsing logic: `vnadmin.parse` does all of that."""
