from ..documents.conftest import store  # noqa: F401
