"""Line icons of this project (SVG, 24-unit grid); decoration only, words carry the meaning."""

import reflex as rx

SHAPES: dict[str, str] = {
    "alert": "M12 4 21 19.5H3Z M12 10v4.2 M12 16.9v.1",
    "arrow": "M5 12h14 M13 6l6 6-6 6",
    "back": "M19 12H5 M11 6l-6 6 6 6",
    "bell": "M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15Z M10 20.5a2.2 2.2 0 0 0 4 0",
    "calendar": "M4 6.5h16V20H4Z M4 10.5h16 M8 4v4 M16 4v4",
    "camera": (
        "M4 8h3.5L9 5.5h6L16.5 8H20v11H4Z M12 16.2a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4Z"
    ),
    "card": (
        "M3 6h18v12H3Z M6.5 15c.3-1.7 1.3-2.5 2.5-2.5s2.2.8 2.5 2.5Z M9 11.2a1.6 1.6 0 1 "
        "0 0-3.2 1.6 1.6 0 0 0 0 3.2Z M14.5 10h3.5 M14.5 14h3.5"
    ),
    "check": "M5 12.5l4.5 4.5L19 7.5",
    "clock": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z M12 7.5V12l3 2",
    "cross": "M6.5 6.5l11 11 M17.5 6.5l-11 11",
    "down": "M6 9.5l6 6 6-6",
    "download": "M12 4v11 M7 10.5l5 5 5-5 M4.5 20h15",
    "draft": "M6 3.5h8l4 4V20.5H6Z M9.5 12h5 M9.5 16h3",
    "eye": (
        "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12Z M12 15a3 3 0 "
        "1 0 0-6 3 3 0 0 0 0 6Z"
    ),
    "file": "M6 3.5h8l4 4V20.5H6Z M13.5 3.5V8H18",
    "hidden": (
        "M3 3l18 18 M9.5 5.8A9 9 0 0 1 12 5.5c6 0 9.5 6.5 9.5 6.5a17 17 0 0 1-3 3.7 M6 "
        "7.5A17 17 0 0 0 2.5 12S6 18.5 12 18.5a9 9 0 0 0 4-.9 M10 10a3 3 0 0 0 4 4"
    ),
    "home": "M4 11l8-7 8 7v9.5h-5.5V14h-5v6.5H4Z",
    "info": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z M12 11v5.5 M12 7.6v.1",
    "key": "M8 18.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8Z M11 11.5 19 4 M16 6.8l2.5 2.5",
    "leave": "M10 4.5H5v15h5 M9.5 12H20 M16 8l4 4-4 4",
    "lock": "M5.5 11h13v9.5h-13Z M8.5 11V8a3.5 3.5 0 0 1 7 0v3",
    "mail": "M3.5 6h17v12.5h-17Z M4 7l8 6 8-6",
    "menu": "M4 7h16 M4 12h16 M4 17h16",
    "minus": "M5 12h14",
    "moon": "M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10Z",
    "first": "M17.5 6l-6 6 6 6 M7 6v12",
    "last": "M6.5 6l6 6-6 6 M17 6v12",
    "next": "M9.5 6l6 6-6 6",
    "pencil": "M4.5 19.5l1-4L16 5l3 3L8.5 18.5Z M14 7l3 3",
    "phone": "M7.5 2.5h9v19h-9Z M11 18.5h2",
    "pin": (
        "M12 21s6.5-6 6.5-11a6.5 6.5 0 0 0-13 0c0 5 6.5 11 6.5 11Z M12 12.3a2.3 2.3 0 1 0 "
        "0-4.6 2.3 2.3 0 0 0 0 4.6Z"
    ),
    "plus": "M12 5v14 M5 12h14",
    "previous": "M14.5 6l-6 6 6 6",
    "print": "M7 9V4h10v5 M7 17H4V9h16v8h-3 M7 14h10v6H7Z",
    "qr": ("M4 4h6v6H4Z M14 4h6v6h-6Z M4 14h6v6H4Z M14 14h2.5v2.5 M20 14v2 M14 20h2 M19 20h1v-1.5"),
    "refresh": "M19.5 11a7.5 7.5 0 1 0-1 5 M20 5.5V11h-5.5",
    "rotate": "M4.5 11a7.5 7.5 0 1 1 1 5 M4 5.5V11h5.5",
    "search": "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14Z M16.2 16.2 20.5 20.5",
    "send": "M4 12 20.5 4 15 20.5l-3.5-7Z M11.5 13.5 20.5 4",
    "shield": (
        "M12 3l7.5 3v5.5c0 5-3.5 8-7.5 9.5-4-1.5-7.5-4.5-7.5-9.5V6Z M8.5 12l2.5 2.5 4.5-4.5"
    ),
    "sun": (
        "M12 16.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9Z M12 2.5v1.5 M12 20v1.5 M2.5 12H4 "
        "M20 12h1.5 M5.3 5.3l1 1 M17.7 17.7l1 1 M5.3 18.7l1-1 M17.7 6.3l1-1"
    ),
    "trash": "M4.5 7h15 M9 7V4h6v3 M6.5 7l1 13h9l1-13",
    "upload": "M12 15.5V4.5 M7 9l5-5 5 5 M4.5 20h15",
    "user": "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Z M4.5 20.5c.5-4 3.5-6 7.5-6s7 2 7.5 6",
    "users": (
        "M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Z M2.5 20c.4-3.7 3-5.5 6.5-5.5s6.1 "
        "1.8 6.5 5.5 M16 5a3.2 3.2 0 0 1 0 6 M18 14.8c2 .7 3.2 2.4 3.5 5.2"
    ),
    "work": "M3.5 8h17v11.5h-17Z M9 8V4.5h6V8 M3.5 13h17",
}


def icon(name: str, class_name: str = "size-5") -> rx.Component:
    """The icon `name` of `SHAPES`, in the colour of the text, hidden from screen readers."""
    return rx.el.svg(
        rx.el.path(d=SHAPES[name]),
        view_box="0 0 24 24",
        fill="none",
        stroke="currentColor",
        stroke_width="1.75",
        stroke_linecap="round",
        stroke_linejoin="round",
        aria_hidden="true",
        custom_attrs={"focusable": "false"},
        class_name=f"shrink-0 {class_name}",
    )
