"""Invisible text planted in uploaded PDFs, searched for in what is stored of them (row 49)."""

from measure.row import Figure, Scale
from probes.faults import invisible_text

from .table import TABLE


@TABLE.row(
    49,
    "Invisible text in stored PDFs: metadata, comments, foreign streams, whatever the filters, "
    "inline pictures, JPX boxes",
    goal="0 of 300 plants",
    points=2,
)
def planted_words(scale: Scale) -> Figure:
    seeds, every = scale.of((1, 15), (1, 1), (2, 1))
    found = invisible_text.upload_plants(seeds, every=every, in_jail=scale is Scale.FULL)
    control = invisible_text.copy_without_redrawing(every=15)
    detail = (
        f"each seen in the file that was sent ({len(found.unseen)} were not), looked for in the "
        f"stored one after every filter, in strings and names, as they are, UTF-16 and hex; "
        f"{len(found.refused)} files refused; control (pages copied, not drawn): "
        f"{len(control.left)} of {control.plants} left"
    )
    enough = scale is Scale.SMALL or found.plants >= 300
    is_fair = not found.unseen and not found.refused and 2 * len(control.left) > control.plants
    passed = not found.left and enough and is_fair
    shown = found.unseen[:2] + found.refused[:2] + found.left[:2]
    return Figure(f"{len(found.left)} of {found.plants}", passed, f"{detail} {shown or ''}")
