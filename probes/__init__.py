"""What tests and measurements share: test offices, clients, test data, attackers, faults, files."""
