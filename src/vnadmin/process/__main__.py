"""`python -m vnadmin.process`: the program of a worker, which `vnadmin.process.worker` starts."""

from vnadmin.process.program import main

main()
