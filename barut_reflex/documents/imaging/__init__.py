"""Decoding and re-encoding of foreign files; imported by the sandbox process, not the server."""
