"""Directives: the items of the body, whom each obliges and until when."""
