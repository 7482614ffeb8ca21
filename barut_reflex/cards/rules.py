"""The rules printed on the back of the AK1 card ("Ketentuan")."""


def rules_on_the_back(validity_months: int, report_months: int) -> tuple[str, ...]:
    """The four rules as sentences; source: the SOP of the card."""
    years, months = divmod(validity_months, 12)
    validity = f"{validity_months} bulan" if months else f"{years} tahun"
    return (
        "Berlaku nasional.",
        "Perubahan data atau keterangan lain, juga bila sudah mendapat pekerjaan, segera "
        "dilaporkan ke kantor yang menerbitkan kartu ini.",
        "Instansi atau perusahaan yang menerima pemegang kartu bekerja diminta mengembalikan "
        "kartu ini ke kantor yang menerbitkannya.",
        f"Berlaku {validity} sejak diterbitkan. Selama belum bekerja, pemegang wajib melapor "
        f"setiap {report_months} bulan sekali.",
    )
