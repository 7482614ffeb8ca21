"""Attacks on a running office, each counting what got through; rows of `bar` and tests use them."""
