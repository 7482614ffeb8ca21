"""Attacks on an office, served or in this process; each gives what got through or what it cost."""
