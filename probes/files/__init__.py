"""Test files for uploads: genuine, broken and hostile ones, and checks of what is stored."""
