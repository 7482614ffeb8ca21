"""What tests and measurements share: a served office, invented people, attackers, faults, files."""
