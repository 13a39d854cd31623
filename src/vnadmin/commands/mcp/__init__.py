"""`vnadmin mcp`: the command, the server of the Model Context Protocol, and the folders that it may read."""
