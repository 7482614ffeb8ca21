"""The one import contract that import-linter does not bring along."""

from grimp import ImportGraph
from importlinter import ContractCheck, fields
from importlinter.contracts.protected import ProtectedContract
from importlinter.domain import helpers


class PrivateContract(ProtectedContract):
    """Like `protected`, but `open_modules` inside the protected ones may be imported by all."""

    type_name = "private"

    open_modules = fields.ListField(subfield=fields.ModuleExpressionField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        found = helpers.module_expressions_to_modules(
            graph=graph,
            expressions=self.open_modules,  # pyright: ignore[reportArgumentType]
            as_packages=True,
        )
        for one in found:
            for importer in graph.find_modules_that_directly_import(one.name):
                graph.remove_import(importer=importer, imported=one.name)
        return super().check(graph, verbose)
