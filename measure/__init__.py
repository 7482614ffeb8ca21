"""What `bar`, `bench` and `printtest` share: rows, running and timing them, results, publishing."""
