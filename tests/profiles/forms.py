"""What a person types, all of it right."""

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
