"""Valid form values of a profile: personal data, education, biodata, an entry of each section."""

PERSONAL_FORM = {
    "nik": "6205050707000006",
    "name": "Ahmad Noor",
    "birth_place": "Muara Teweh",
    "birth_date": "07/07/2000",
    "sex": "Laki-laki",
    "marital_status": "Belum Kawin",
    "religion": "Islam",
    "address": "Jl. Pangeran Antasari No. 12",
    "rt": "1",
    "rw": "01",
    "province": "62",
    "regency": "62.05",
    "district": "62.05.05",
    "village": "62.05.05.1014",
    "phone": "0823-1234-5678",
}
EDUCATION_FORM = {
    "education": "S1",
    "major": "Teknik Informatika",
    "graduation_year": "2023",
    "skills": "desain web\nmanajemen database",
}
BIODATA_FORM = PERSONAL_FORM | {
    "about": "Lulusan teknik yang suka belajar.\nSiap ditempatkan di mana saja.",
    "domicile": "Sama dengan alamat KTP",
    "postcode": "73811",
    "wants_training": "on",
    "occupation": "2512",
}
ENTRIES = {
    "education": {
        "organisation": "SMAN 1 Muara Teweh",
        "kind": "SMA",
        "start": "2016",
        "end": "2019",
    },
    "experience": {
        "title": "Backend Developer",
        "organisation": "PT Barito Maju",
        "kind": "Penuh Waktu",
        "place": "Dalam Negeri",
        "location": "Muara Teweh",
        "start": "06/2021",
        "is_current": "on",
        "description": "Baris satu\nBaris dua",
    },
    "training": {
        "organisation": "BLK Muara Teweh",
        "title": "Las SMAW",
        "field": "Las",
        "start": "01/03/2020",
        "end": "30/04/2020",
    },
    "certificates": {
        "title": "Japanese Language Proficiency Test N4",
        "organisation": "Japan Language Center",
        "score": "84",
        "start": "01/2018",
        "end": "01/2028",
    },
    "languages": {"title": "Bahasa Inggris", "kind": "Tingkat Menengah"},
    "achievements": {"title": "Juara 3 Lomba Web", "organisation": "Kemnaker", "start": "01/2016"},
}
