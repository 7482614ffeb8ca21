"""Faults and concurrency: crashes, full disks, busy databases, races, wrong clocks, restores."""
