"""Tables of tasks as text: what their heads name, and what opens a row."""
