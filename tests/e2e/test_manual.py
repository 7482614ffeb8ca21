"""The office's manual, step by step in a browser: from sign-up to a card anyone can check."""

import re
import subprocess
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from barut_reflex.core import clock
from probes.browser import button, field, link, press, settled, sign_in

from .papers import picture, scan

EMAIL = "bambang.susilo@contoh.id"
PASSWORD = "Sungai-Barito7!"
NEW_PASSWORD = "Muara#Lahei2026x"


@pytest.fixture(scope="module")
def journey():
    """What one step leaves for the next."""
    return {}


@pytest.mark.seed("manual 1.1", "manual 1.2", "manual 1.3", "manual 1.4", "siapkerja 1")
def test_1_sign_up(office, visitor):
    """Manual part 1: Daftar, the form with its four ticks, the code by mail, Verifikasi."""
    page = visitor(width=360, height=780)
    page.goto("/")
    for promise in ("Proses Cepat 1x24 Jam", "Verifikasi Dokumen", "Layanan Gratis"):
        expect(page.get_by_text(promise).first).to_be_visible()
    link(page, "Daftar").first.click()
    settled(page)
    field(page, "Nama Lengkap").fill("Bambang Susilo Hartono")
    field(page, "Email").fill(EMAIL)
    field(page, "Password").fill(PASSWORD)
    field(page, "Konfirmasi Password").fill("lain")
    field(page, "Saya menyetujui syarat dan ketentuan yang berlaku").check()
    button(page, "Daftar").click()
    expect(field(page, "Konfirmasi Password")).to_be_focused()
    expect(field(page, "Nama Lengkap")).to_have_value("Bambang Susilo Hartono")
    field(page, "Konfirmasi Password").fill(PASSWORD)
    button(page, "Daftar").click()
    page.wait_for_url(re.compile("/verifikasi"))
    expect(page.get_by_text("Kode OTP telah dikirim ke")).to_be_visible()
    code = office.mailbox.code(EMAIL)
    field(page, "Kode OTP").fill("000000" if code != "000000" else "111111")
    button(page, "Verifikasi").click()
    expect(
        page.get_by_role("alert").filter(has_text=re.compile("kode", re.I)).first
    ).to_be_visible()
    field(page, "Kode OTP").fill(code)
    button(page, "Verifikasi").click()
    page.wait_for_url(re.compile("/login"))


@pytest.mark.seed("manual 2.1", "manual 2.2")
def test_2_login_and_first_page(visitor):
    """Manual part 2: Login leads to the own page, which is still empty."""
    page = visitor(width=360, height=780)
    page.goto("/")
    link(page, "Login").first.click()
    settled(page)
    field(page, "Email").fill(EMAIL)
    field(page, "Password").fill("salah sekali")
    button(page, "Login").click()
    expect(page.get_by_text("Email atau password salah").first).to_be_visible()
    expect(field(page, "Email")).to_have_value(EMAIL)
    field(page, "Password").fill(PASSWORD)
    button(page, "Login").click()
    page.wait_for_url(re.compile("/beranda"))
    expect(page.get_by_text("Tidak Pernah Melakukan Pengajuan")).to_be_visible()
    expect(
        button(page, "Tambah Pengajuan Baru").or_(link(page, "Tambah Pengajuan Baru"))
    ).to_be_visible()


@pytest.mark.seed("guide B.1")
def test_2_b_the_login_leads_to_the_sign_up(visitor):
    page = visitor(width=360, height=780)
    page.goto("/login/")
    settled(page)
    page.get_by_role("main").get_by_role("link", name=re.compile("daftar", re.I)).first.click()
    page.wait_for_url(re.compile("/daftar"))
    expect(field(page, "Nama Lengkap")).to_be_visible()


@pytest.mark.seed("manual 3.1", "manual 3.2", "manual 3.3")
def test_3_1_personal_data(visitor):
    """Manual part 3, steps 1 to 4: Tambah Pengajuan Baru, Data Diri, Simpan, shown on Beranda."""
    page = visitor(width=360, height=780)
    sign_in(page, EMAIL, PASSWORD)
    page.wait_for_url(re.compile("/beranda"))
    press(page, "Tambah Pengajuan Baru")
    page.wait_for_url(re.compile("/pengajuan/data-diri"))
    settled(page)
    field(page, "NIK").fill("6207011234567890")
    field(page, "Nama Lengkap").fill("Bambang Susilo Hartono")
    field(page, "Tempat Lahir").fill("Muara Teweh")
    field(page, "Tanggal Lahir").fill("07/07/2000")
    field(page, "Jenis Kelamin").select_option(label="Laki-laki")
    field(page, "Status Pernikahan").select_option(label="Belum Kawin")
    field(page, "Agama").select_option(label="Islam")
    field(page, "Alamat").fill("Jl. Pangeran Antasari No. 12")
    field(page, "RT").fill("1")
    field(page, "RW").fill("1")
    field(page, "Provinsi").select_option(label="Kalimantan Tengah")
    field(page, "Kabupaten/Kota").select_option(label="Kabupaten Barito Utara")
    field(page, "Kecamatan").select_option(label="Teweh Tengah")
    field(page, "Kelurahan/Desa").select_option(label="Melayu")
    field(page, "Nomor HP").fill("0823-1234-5678")
    button(page, "Simpan").click()
    page.wait_for_url(re.compile("/beranda"))
    expect(page.get_by_text("6207011234567890").first).to_be_visible()
    expect(page.get_by_text("Draft Belum Terkirim").first).to_be_visible()


@pytest.mark.seed("manual 3.4", "manual 3.5", "manual 3.6")
def test_3_2_papers(visitor):
    """Steps 5 and 6: education, skills and the scans; what is missing is said."""
    page = visitor(width=360, height=780)
    sign_in(page, EMAIL, PASSWORD)
    page.wait_for_url(re.compile("/beranda"))
    press(page, "Edit Data Diri")
    page.wait_for_url(re.compile("/pengajuan/data-diri"))
    page.go_back()
    press(page, "Tambah Berkas Pengajuan")
    page.wait_for_url(re.compile("/pengajuan/berkas"))
    settled(page)
    field(page, "Pendidikan Terakhir").select_option(label="S1")
    field(page, "Jurusan").fill("Teknik Informatika")
    field(page, "Tahun Lulus").fill("2023")
    field(page, "Keterampilan").fill("Desain web\nManajemen basis data")
    for label, paper in {
        "KTP": picture("ktp.jpg", (1200, 760), "#5b86a8"),
        "Kartu Keluarga": picture("kk.png", (1200, 850), "#c9d4c0"),
        "Pas Foto": picture("foto.jpg"),
        "Ijazah": scan("ijazah.pdf", 2),
        "Sertifikat Keterampilan": scan("sertifikat.pdf"),
    }.items():
        field(page, label).set_input_files(paper)
        card = page.locator(f"[data-paper]:has-text('{label}')").first
        expect(card.get_by_text(re.compile("Tersimpan")).first).to_be_visible()
    button(page, "Simpan").click()
    page.wait_for_url(re.compile("/beranda"))
    expect(link(page, "Lihat")).to_have_count(5)


def confirm(page, name):
    button(page.get_by_role("dialog"), name).click()


@pytest.mark.seed("manual 3.7b", "manual 3.7c")
def test_3_3_send_cancel_and_send_again(visitor):
    """Step 7: Setujui & Kirim shuts every edit; Batalkan Pengajuan opens them again."""
    page = visitor(width=360, height=780)
    sign_in(page, EMAIL, PASSWORD)
    page.wait_for_url(re.compile("/beranda"))
    button(page, "Setujui & Kirim").click()
    if page.get_by_role("dialog").is_visible():
        page.get_by_role("dialog").get_by_role("button").last.click()
    expect(page.get_by_text("Dikirim, Menunggu Verifikasi").first).to_be_visible()
    expect(button(page, "Edit Data Diri").or_(link(page, "Edit Data Diri"))).to_have_count(0)
    button(page, "Batalkan Pengajuan").click()
    page.get_by_role("dialog").get_by_role("button").last.click()
    expect(page.get_by_text("Draft Belum Terkirim").first).to_be_visible()
    button(page, "Setujui & Kirim").click()
    if page.get_by_role("dialog").is_visible():
        page.get_by_role("dialog").get_by_role("button").last.click()
    expect(page.get_by_text("Dikirim, Menunggu Verifikasi").first).to_be_visible()


@pytest.mark.seed(
    "manual 3.7d", "manual 3.7e", "manual 5.a1", "manual 5.a4", "manual 5.a5", "manual 5.a6"
)
def test_5_a_officer_returns_then_approves(office, browser_of, visitor, journey):
    """Manual part 5a: the list, the detail, Tolak Berkas with a note, then Setujui; all live."""
    rina = browser_of(office.one("officer"))
    seeker = visitor(width=360, height=780)
    sign_in(seeker, EMAIL, PASSWORD)
    seeker.wait_for_url(re.compile("/beranda"))
    link(rina, "Lihat Semua Pengajuan").click()
    rina.wait_for_url(re.compile("/admin/pengajuan"))
    settled(rina)
    field(rina, "Cari").fill("bambang susilo")
    row = rina.get_by_role("row").filter(has_text="Bambang Susilo Hartono").first
    expect(row).to_contain_text("6207**********90")
    link(row, "Lihat Detail").click()
    rina.wait_for_url(re.compile("/admin/pengajuan/[0-9a-f-]{36}"))
    journey["detail"] = rina.url
    expect(rina.get_by_text("Jl. Pangeran Antasari No. 12").first).to_be_visible()
    expect(rina.get_by_text("6207011234567890").first).to_be_visible()
    button(rina, "Tolak Berkas").click()
    if rina.get_by_role("dialog").is_visible():
        rina.get_by_role("dialog").get_by_role("button").last.click()
    expect(field(rina, "Catatan Verifikasi")).to_be_focused()
    field(rina, "Catatan Verifikasi").fill("Foto KTP kurang jelas, mohon foto ulang.")
    button(rina, "Tolak Berkas").click()
    if rina.get_by_role("dialog").is_visible():
        rina.get_by_role("dialog").get_by_role("button").last.click()
    expect(seeker.get_by_text("Foto KTP kurang jelas, mohon foto ulang.").first).to_be_visible()
    expect(seeker.get_by_text("Ditolak").first).to_be_visible()
    button(seeker, "Kirim Ulang").click()
    if seeker.get_by_role("dialog").is_visible():
        seeker.get_by_role("dialog").get_by_role("button").last.click()
    expect(seeker.get_by_text("Dikirim, Menunggu Verifikasi").first).to_be_visible()
    rina.goto(journey["detail"])
    settled(rina)
    button(rina, "Setujui").click()
    rina.get_by_role("dialog").get_by_role("button").last.click()
    expect(link(rina, "Cetak AK1")).to_be_visible()
    expect(seeker.get_by_text("Disetujui").first).to_be_visible()
    expect(seeker.get_by_text("Sudah Diverifikasi — Tidak Ada Aksi")).to_be_visible()


@pytest.mark.seed("manual 5.a8", "siapkerja use 1")
def test_5_b_print_the_card_and_scan_it(office, browser_of, visitor, tmp_path, journey):
    """Cetak AK1: the PDF as paper, its QR read by zbar, the check page without sign-in."""
    rina = browser_of(office.one("officer"))
    rina.goto(journey["detail"])
    href = link(rina, "Cetak AK1").get_attribute("href")
    answer = rina.request.get(href)
    assert answer.headers["content-type"] == "application/pdf"
    (tmp_path / "card.pdf").write_bytes(answer.body())
    raster = ["pdftoppm", "-r", "200", "-png", "-f", "1", "-l", "1"]
    subprocess.run([*raster, tmp_path / "card.pdf", tmp_path / "card"], check=True)
    [page_one] = tmp_path.glob("card*.png")
    read = subprocess.run(["zbarimg", "-q", "--raw", page_one], capture_output=True, text=True)
    found = read.stdout.strip()
    assert found.startswith(f"{office.address.upper()}/V/")
    journey["code"] = found.rsplit("/", 1)[1]
    public = visitor(width=360, height=780, java_script_enabled=False)
    public.goto(f"/V/{journey['code']}")
    expect(public.locator("[data-verdict]")).to_contain_text("BERLAKU")
    expect(public.get_by_text("Bambang Susilo Hartono").first).to_be_visible()
    assert "6207011234567890" not in public.content()
    edited = ("A" if journey["code"][40] != "A" else "B").join(
        [journey["code"][:40], journey["code"][41:]]
    )
    assert public.request.get(f"/v/{edited}").status == 404


@pytest.mark.seed("manual 3.8", "manual 5.a9")
def test_5_c_placed_then_a_new_application(office, browser_of, visitor, journey):
    """Tandai Diterima Kerja; the card then says so and the person may apply anew."""
    rina = browser_of(office.one("officer"))
    rina.goto("/admin/pengajuan/?cari=bambang")
    settled(rina)
    row = rina.get_by_role("row").filter(has_text="Bambang Susilo Hartono").first
    button(row, "Tandai Diterima Kerja").click()
    dialog = rina.get_by_role("dialog")
    field(dialog, "Tempat Kerja").fill("PT Sumber Rejeki Lahei")
    field(dialog, "Tanggal Diterima").fill(f"{clock.today() + timedelta(days=1):%d/%m/%Y}")
    button(dialog, "Simpan").click()
    expect(field(dialog, "Tempat Kerja")).to_have_value("PT Sumber Rejeki Lahei")
    field(dialog, "Tanggal Diterima").fill(f"{clock.today():%d/%m/%Y}")
    button(dialog, "Simpan").click()
    expect(row.get_by_text("Sudah Diterima Kerja")).to_be_visible()
    public = visitor(java_script_enabled=False)
    public.goto(f"/v/{journey['code'].lower()}/")
    expect(public.locator("[data-verdict]")).to_contain_text("SUDAH BEKERJA")
    seeker = visitor(width=360, height=780)
    sign_in(seeker, EMAIL, PASSWORD)
    seeker.wait_for_url(re.compile("/beranda"))
    expect(seeker.get_by_text("PT Sumber Rejeki Lahei").first).to_be_visible()
    expect(
        button(seeker, "Tambah Pengajuan Baru").or_(link(seeker, "Tambah Pengajuan Baru")).first
    ).to_be_visible()


@pytest.mark.seed("manual 4.1", "manual 4.3", "manual 4.4")
def test_4_forgotten_password(office, visitor):
    """Manual part 4: Lupa Password, code, mailed link, new password; the old one is dead."""
    page = visitor(width=360, height=780)
    page.goto("/login/")
    link(page, "Lupa Password").click()
    page.wait_for_url(re.compile("/lupa-password"))
    settled(page)
    before = len(office.mailbox.letters(EMAIL))
    field(page, "Email").fill(EMAIL)
    button(page, "Kirim OTP").click()
    field(page, "Kode OTP").fill(office.mailbox.code(EMAIL, after=before))
    button(page, "Verifikasi").click()
    expect(page.get_by_text(re.compile("tautan|link", re.I)).first).to_be_visible()
    found = office.mailbox.wait_for(EMAIL, r"(http\S+/reset-password/\S+)", after=before)
    page.goto(found)
    page.wait_for_url(re.compile("/reset-password/?$"))
    settled(page)
    field(page, "Password Baru").fill(NEW_PASSWORD)
    field(page, "Konfirmasi Password").fill(NEW_PASSWORD)
    button(page, "Simpan Password Baru").click()
    expect(page.get_by_role("status").get_by_text(re.compile("password", re.I))).to_be_visible()
    link(page, "Kembali ke Halaman Login").first.click()
    sign_in(page, EMAIL, PASSWORD)
    expect(page.get_by_text("Email atau password salah").first).to_be_visible()
    sign_in(page, EMAIL, NEW_PASSWORD)
    page.wait_for_url(re.compile("/beranda"))


@pytest.mark.seed("manual 4.2")
def test_4_b_change_of_the_password(browser_of, office):
    """Manual part 4: "Ganti Password" in the own menu leads to the same page."""
    page = browser_of({"email": EMAIL, "password": NEW_PASSWORD}, width=360, height=780)
    settled(page)
    page.locator("details.menu summary").click()
    link(page, "Ganti Password").click()
    page.wait_for_url(re.compile("/lupa-password"))
    expect(field(page, "Email")).to_be_visible()


@pytest.mark.seed("manual 5.b1", "manual 5.b2", "manual 5.3")
def test_5_d_new_officer(office, browser_of, visitor):
    """Manual part 5b: Tambah Admin with PNS or PPPK; the first password works once."""
    budi = browser_of(office.one("administrator"))
    link(budi, "Tambah Admin").click()
    budi.wait_for_url(re.compile("/admin/akun/tambah"))
    settled(budi)
    field(budi, "Nama Lengkap").fill("Dewi Lestari, S.Kom")
    field(budi, "Email").fill("dewi.lestari@contoh.go.id")
    field(budi, "Password").fill("Kapuas-Lahei88!")
    field(budi, "Konfirmasi Password").fill("Kapuas-Lahei88!")
    field(budi, "Jenis Pejabat").select_option(label="PPPK")
    field(budi, "NIPPPK").fill("199009132025242014")
    field(budi, "Jabatan").fill("Petugas Antar Kerja")
    field(budi, "Peran").select_option(label="Petugas")
    button(budi, "Simpan Admin").click()
    budi.wait_for_url(re.compile("/admin/akun/?(\\?|$)"))
    settled(budi)
    field(budi, "Cari Nama Akun").fill("dewi")
    expect(budi.get_by_role("row").filter(has_text="Dewi Lestari, S.Kom")).to_be_visible()
    dewi = visitor()
    sign_in(dewi, "dewi.lestari@contoh.go.id", "Kapuas-Lahei88!")
    dewi.wait_for_url(re.compile("/password-awal"))
