"""The preface: the lines above the body (ô 2 to 5, 9a of Decree 30)."""
