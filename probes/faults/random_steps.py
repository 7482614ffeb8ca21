"""Runs the model-based test of `four_people` for a number of random steps."""

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from .four_people import OfficeMachine


def run_steps(
    steps: int, *, machine: type[OfficeMachine] = OfficeMachine, length: int = 50, seed: int = 0
) -> int:
    """Let the four act until so many steps were compared; how many that were."""
    begun = OfficeMachine.steps
    while OfficeMachine.steps - begun < steps:
        runs = max(1, min(200, (steps - (OfficeMachine.steps - begun)) // length))
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=runs,
                stateful_step_count=length,
                deadline=None,
                database=None,
                derandomize=seed == 0,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),  # pyright: ignore[reportArgumentType]  their own iterator
            ),
        )
        seed += 1
    return OfficeMachine.steps - begun
