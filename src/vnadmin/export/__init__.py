"""AdminDocument to the forms that other systems take. Each module reads the model and never parses."""
