"""The frame of all measured tables (`bar`, `bench`, `printtest`): rows, results, publishing."""
