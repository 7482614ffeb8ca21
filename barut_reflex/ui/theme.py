"""CSS class lists (Tailwind) shared by Reflex pages and the plain pages of `site`, by name.

Colours are variables of `assets/site.css`, with values for the light and dark theme.
"""

# Frames
PAGE = "mx-auto w-full max-w-3xl px-4 sm:px-6 py-6 sm:py-10"
WIDE_PAGE = "mx-auto w-full max-w-6xl px-4 sm:px-6 py-6 sm:py-8"
CARD = "rounded-2xl bg-(--surface) p-5 sm:p-6 shadow-(--lift)"
QUIET_CARD = "rounded-2xl bg-(--tint) p-5 sm:p-6"
STACK = "flex flex-col gap-5"
TIGHT = "flex flex-col gap-2"
ROW = "flex flex-wrap items-center gap-3"
ACTIONS = "flex flex-col-reverse sm:flex-row sm:items-center gap-3 pt-2"
TWO_COLUMNS = "grid gap-5 sm:grid-cols-2"
THREE_COLUMNS = "grid gap-5 sm:grid-cols-3"
DIVIDER = "border-t border-(--line)"
ROW_WIDTH = "mx-auto w-full max-w-6xl px-4 sm:px-6"
FRAME = "flex min-h-dvh flex-col bg-(--paper) text-(--ink)"
CONTENT = "content grow min-w-0 flex flex-col gap-6"
BAR = "border-b border-(--line) bg-(--paper)"
BAR_ROW = "flex items-center justify-between gap-3 py-3"
BRAND_LINK = "flex items-center gap-2.5 rounded-lg text-(--ink)"
BRAND = "block min-h-[1lh] text-lg leading-tight font-bold"
UNDER_BRAND = "block min-h-[1lh] text-xs leading-tight text-(--muted)"
FOOT_ROW = "py-8 flex flex-col sm:flex-row gap-6 sm:justify-between"
FOOT_NAV = "flex flex-col sm:items-end -my-2"
FOOT_LINK = "py-2 text-[0.9375rem] font-medium text-(--brand) underline-offset-4 hover:underline"

# Words
TITLE = "text-[1.625rem] sm:text-[2rem] leading-tight font-bold tracking-tight text-(--ink)"
SUBTITLE = "text-lg sm:text-xl leading-snug font-bold text-(--ink)"
HEADING = "text-base font-semibold text-(--ink)"
TEXT = "text-base leading-relaxed text-(--ink)"
LEAD = "text-lg leading-relaxed text-(--muted)"
MUTED = "text-[0.9375rem] leading-relaxed text-(--muted)"
SMALL = "text-sm leading-normal text-(--muted)"
NUMBER = "tabular-nums tracking-wide"
LINK = "font-semibold text-(--brand) underline decoration-1 underline-offset-4 hover:decoration-2"

# Forms
FIELD = "flex flex-col gap-1.5 min-w-0"
LABEL = "text-[0.9375rem] font-semibold text-(--ink)"
HINT = "text-sm leading-snug text-(--muted)"
_BOX = (
    "block w-full min-h-12 rounded-xl border border-(--edge) bg-(--field) px-3.5 py-2.5 text-base "
    "text-(--ink) placeholder:text-(--muted) aria-invalid:border-(--danger) "
    "aria-invalid:border-2 disabled:opacity-60"
)
INPUT = f"{_BOX} field"
SELECT = f"{_BOX} field select pr-10"
TEXTAREA = f"{_BOX} field min-h-28"
CHECKBOX = "mt-0.5 size-6 shrink-0 rounded accent-(--brand)"
REFUSAL = "text-[0.9375rem] font-medium leading-snug text-(--danger) empty:hidden"
SAID = "text-[0.9375rem] font-medium text-(--success) empty:hidden"

# What can be pressed
_PRESS = (
    "press inline-flex min-h-12 items-center justify-center gap-2 rounded-xl px-5 py-2.5 text-base "
    "font-semibold text-center cursor-pointer disabled:cursor-not-allowed disabled:opacity-60"
)
PRIMARY = f"{_PRESS} bg-(--brand) text-(--on-brand) hover:bg-(--brand-strong)"
SECONDARY = (
    f"{_PRESS} bg-(--surface) text-(--brand) ring-1 ring-inset ring-(--edge) hover:bg-(--tint)"
)
DANGER = (
    f"{_PRESS} bg-(--surface) text-(--danger) ring-1 ring-inset ring-(--danger) "
    "hover:bg-(--danger-soft)"
)
DANGER_FILLED = f"{_PRESS} bg-(--danger) text-(--on-danger) hover:opacity-90"
QUIET = (
    "press inline-flex min-h-11 items-center gap-2 rounded-lg px-3 py-2 text-[0.9375rem] "
    "whitespace-nowrap "
    "font-semibold text-(--brand) cursor-pointer hover:bg-(--tint) "
    "disabled:cursor-not-allowed disabled:text-(--muted) disabled:hover:bg-transparent"
)
ICON_BUTTON = (
    "press inline-flex size-11 shrink-0 items-center justify-center rounded-lg text-(--ink) "
    "cursor-pointer hover:bg-(--tint) disabled:opacity-50"
)

# Tones: success, warning, danger, info, neutral
TONES = {
    "success": "bg-(--success-soft) text-(--success)",
    "warning": "bg-(--warning-soft) text-(--warning)",
    "danger": "bg-(--danger-soft) text-(--danger)",
    "info": "bg-(--info-soft) text-(--info)",
    "neutral": "bg-(--tint) text-(--muted)",
}
BADGE = (
    "inline-flex items-center gap-1.5 rounded-full px-2.5 py-1 text-sm font-semibold "
    "leading-tight sm:whitespace-nowrap"
)
NOTICE = "flex items-start gap-3 rounded-xl px-4 py-3 text-[0.9375rem] leading-relaxed font-medium"

# Tables
TABLE = "w-full text-left text-[0.9375rem]"
TH = "px-3 py-2.5 text-sm font-semibold text-(--muted) align-bottom"
CELL = "py-1.5 md:px-3 align-middle text-(--ink)"  # of a table that stacks on a phone
TR = "border-t border-(--line) hover:bg-(--tint)"
