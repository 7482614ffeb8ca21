"""Import-linter contract type `private`: modules that only their sibling modules may import."""

from typing import Any

from grimp import ImportGraph
from importlinter import ContractCheck, fields
from importlinter.contracts.protected import ProtectedContract
from importlinter.domain import helpers


class PrivateContract(ProtectedContract):
    """Like `protected`, but siblings of a protected package may import it too, and all may import
    the `open_modules` inside it.
    """

    type_name = "private"

    open_modules = fields.ListField(subfield=fields.ModuleExpressionField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        for opened in _named(graph, self.open_modules):
            _allow(graph, opened, list(graph.find_modules_that_directly_import(opened)))
        for package in _named(graph, self.protected_modules):
            folder = package.rpartition(".")[0]
            beside = [one for one in graph.find_children(folder) if one != package]
            for module in {package, *graph.find_descendants(package)}:
                _allow(graph, module, beside)
        return super().check(graph, verbose)


def _named(graph: ImportGraph, expressions: Any) -> set[str]:
    found = helpers.module_expressions_to_modules(
        graph=graph, expressions=expressions, as_packages=False
    )
    return {module.name for module in found}


def _allow(graph: ImportGraph, imported: str, importers: list[str]) -> None:
    for importer in importers:
        graph.remove_import(importer=importer, imported=imported)
