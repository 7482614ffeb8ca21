"""What the office is measured against: a counter, and nothing else; a page without words."""

import reflex as rx


class Counter(rx.State):
    count: int = 0

    @rx.event
    def add(self):
        self.count += 1


app = rx.App()
app.add_page(lambda: rx.el.div(), route="/", title="Blank")
