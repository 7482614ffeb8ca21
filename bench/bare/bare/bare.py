"""A minimal Reflex app, the baseline of the benchmark: a counter and an empty page.

`BENCH_STATES` adds so many States without a var, each as Reflex makes it for every open tab.
"""

import os

import reflex as rx


class Counter(rx.State):
    count: int = 0

    @rx.event
    def add(self):
        self.count += 1


for number in range(int(os.getenv("BENCH_STATES", "0"))):
    type(f"Empty{number}", (rx.State,), {"__module__": __name__})

app = rx.App()
app.add_page(lambda: rx.el.div(), route="/", title="Blank")
