"""Measures of kg beside its peers; see README.md, and `make bench`."""
