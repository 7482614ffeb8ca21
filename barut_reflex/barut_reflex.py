"""Composition only: pages, plain routes, the gates and the one exception handler."""

import asyncio
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import reflex as rx
from sqlmodel import Session
from starlette.applications import Starlette

from .accounts.service import sweep
from .accounts.web import (
    first_password,
    forgot,
    login,
    register,
    reset,
    second_factor,
    sessions,
    staff,
    staff_new,
    verify,
)
from .accounts.web import routes as account_routes
from .applications.queries import still_handed_in
from .applications.web import papers, personal
from .attendance import service as cards
from .attendance.web import scanner
from .cards.service import following
from .cards.web import prints
from .cards.web import routes as card_routes
from .core import clock_step, lanes, logs, metrics, presence, worker
from .core.headers import SecurityHeaders
from .core.proxies import OwnProxies
from .core.settings import check_production, settings
from .documents.service import keeping
from .documents.web import routes as document_routes
from .gate import away, tabs
from .gate.doors import Notice, Who, answer
from .gate.flood import SocketLimits
from .gate.gate import Gate
from .gate.handshake import Handshake
from .gate.payload import note_browser_error
from .home.web import desk, seeker
from .office.web import demo_mail, health
from .profiles.web import biodata, history, overview, photo, schooling, skills
from .profiles.web.entries import EntriesState
from .review import service as review
from .review.web import detail, inbox
from .rights.service import retention
from .rights.web import mydata
from .sharing.web import privacy
from .siapkerja.web import identities, mine
from .site.web import help, legal, not_found, welcome
from .ui import routes

logs.configure()
if not settings.is_demo:
    check_production(settings)

SCREENS = [
    (welcome.welcome_page, routes.WELCOME, "Barut Kerja — Kartu AK1 online", None),
    (register.register_page, routes.REGISTER, "Daftar", None),
    (verify.verify_page, routes.VERIFY, "Verifikasi Kode OTP", verify.VerifyState.load),
    (login.login_page, routes.LOGIN, "Login", login.LoginState.load),
    (forgot.forgot_page, routes.FORGOT_PASSWORD, "Lupa Password", forgot.ForgotState.load),
    (reset.reset_page, routes.RESET_PASSWORD, "Reset Password", reset.ResetState.load),
    (first_password.first_password_page, routes.FIRST_PASSWORD, "Password Awal", None),
    (
        second_factor.second_step_page,
        routes.SECOND_STEP,
        "Langkah Kedua",
        second_factor.SecondStepState.load,
    ),
    (sessions.sessions_page, routes.SESSIONS, "Sesi Saya", sessions.SessionsState.load),
    (legal.terms_page, routes.TERMS, "Syarat dan Ketentuan", None),
    (legal.privacy_page, routes.PRIVACY, "Pemberitahuan Privasi", None),
    (help.help_page, routes.HELP, "Bantuan", None),
    (seeker.home_page, routes.SEEKER_HOME, "Beranda", seeker.HomeState.watch),
    (personal.personal_page, routes.PERSONAL, "Data Diri", personal.PersonalState.load),
    (papers.papers_page, routes.PAPERS, "Berkas Pengajuan", papers.PapersState.load),
    (overview.profile_page, routes.PROFILE, "Profil Saya", overview.ProfileState.load),
    (photo.photo_page, f"{routes.PROFILE}/1", "Foto Profil", photo.PhotoState.load),
    (biodata.biodata_page, f"{routes.PROFILE}/2", "Biodata", biodata.BiodataState.load),
    (schooling.schooling_page, f"{routes.PROFILE}/3", "Pendidikan", schooling.SchoolState.load),
    (history.experience_page, f"{routes.PROFILE}/4", "Pengalaman Kerja", EntriesState.load),
    (history.training_page, f"{routes.PROFILE}/5", "Pelatihan", EntriesState.load),
    (history.certificates_page, f"{routes.PROFILE}/6", "Sertifikasi", EntriesState.load),
    (skills.skills_page, f"{routes.PROFILE}/7", "Keahlian", skills.SkillsState.load),
    (mine.card_page, routes.MY_CARD, "Kartu Digital", mine.CardState.load),
    (privacy.privacy_page, routes.PRIVACY_SETTINGS, "Privasi Profil", privacy.PrivacyState.load),
    (mydata.my_data_page, routes.MY_DATA, "Data Saya", mydata.MyDataState.load),
    (desk.dashboard_page, routes.DESK, "Beranda Petugas", desk.DashboardState.watch),
    (inbox.inbox_page, routes.INBOX, "Daftar Pengajuan", inbox.InboxState.watch),
    (detail.detail_page, routes.DETAIL, "Detail Pengajuan", detail.ReviewState.load),
    (
        prints.print_page,
        routes.PRINT,
        "Cetak Kartu",
        [prints.PrintState.watch, prints.PrintState.tell],
    ),
    (scanner.scanner_page, routes.SCANNER, "Pindai Kode Akses", scanner.ScannerState.watch),
    (
        identities.identities_page,
        routes.IDENTITIES,
        "SIAPkerja-ID",
        identities.IdentitiesState.load,
    ),
    (staff.staff_page, routes.STAFF, "Akun", staff.StaffState.load),
    (staff_new.staff_new_page, routes.ADD_STAFF, "Tambah Akun", None),
]
ROUTES = [
    *card_routes.ROUTES,
    *account_routes.ROUTES,
    *demo_mail.ROUTES,
    *document_routes.ROUTES,
    *health.ROUTES,
]


def sweep_papers(session: Session) -> None:
    """What no application shows any more is thrown away; its file goes with the next "files"."""
    keeping.sweep(session, still_needed=partial(still_handed_in, session))


worker.every(300, "expired cards", following.close_expired)
worker.every(300, "papers", sweep_papers)
worker.every(
    6 * 3600,
    "files",
    keeping.without_row,
    before=keeping.old_files,
    after=keeping.remove_files,
)
worker.every(60, "desk tallies", review.merge_tallies)
worker.every(3600, "retention", retention.delete_old_papers)
worker.every(3600, "access codes", cards.forget_access_codes)
worker.every(3600, "sleeping profiles", retention.delete_old_proofs)


async def run_worker():
    """Outbox and scheduled work, in a thread, for as long as the server lives."""
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(lanes.THREADS))
    lock, stop = presence.hold(), threading.Event()
    metrics.serve()
    thread = threading.Thread(target=worker.run_forever, args=(stop,), daemon=True)
    thread.start()
    try:
        await asyncio.Event().wait()
    finally:
        stop.set()
        os.close(lock)


app = rx.App(
    api_transformer=[
        Starlette(routes=ROUTES),
        SocketLimits,
        away.Away,
        Handshake,
        SecurityHeaders,
        OwnProxies,
    ],
    backend_exception_handler=answer,
    frontend_exception_handler=note_browser_error,
    html_lang="id",
    toaster=None,
    stylesheets=["/site.css"],
    head_components=[
        rx.el.link(rel="icon", href="/favicon.ico", sizes="32x32"),
        rx.el.link(rel="icon", href="/logo.svg", type="image/svg+xml"),
        rx.el.link(rel="apple-touch-icon", href="/apple-touch-icon.png"),
        rx.el.link(rel="manifest", href="/manifest.webmanifest"),
        *[
            rx.el.script(src=f"/{name}.js", defer=True)
            for name in ("ui", "ticks", "profile", "upload", "desk", "scan")
        ],
    ],
)
worker.every(3600, "accounts", sweep.sweep)
metrics.show(worker.outbox_figures)
clock_step.after_step(sweep.after_clock_step)
app.app_wraps[(55, "ErrorBoundary")] = not_found.error_boundary
app.add_middleware(Gate())
app.register_lifespan_task(run_worker)
app.register_lifespan_task(away.watch, pages=app)
for screen, route, title, load in SCREENS:
    loads = load if isinstance(load, list) else [load] if load else []
    on_load = [Notice.clear, Who.load, *loads]
    app.add_page(screen, route=route, title=title, on_load=on_load)
app.add_page(not_found.not_found_page, route="404", title="Halaman tidak ditemukan")
tabs.bound(app)
