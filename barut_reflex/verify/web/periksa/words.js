// Words, icon, colour and sound of each answer of /periksa; dates and numbers as text.

export const MARKS = {
  good: "M10 17.5l5 5 9.5-11",
  warn: "M17 9v10M17 24.5v.5",
  calm: "M11 17h12",
  bad: "M11.5 11.5l11 11m0-11l-11 11",
};

const answer = (tone, title, advice, short = title) => ({ tone, title, advice, short });

export const WORDS = {
  // decided by this device alone
  unreadable: answer(
    "bad",
    "TIDAK TERBACA",
    "Ini bukan kode kartu dari kantor, atau kodenya terpotong. Pindai lagi dari dekat, seluruh kotak harus tampak.",
  ),
  unknown_format: answer(
    "bad",
    "FORMAT TIDAK DIKENAL",
    "Kode ini berbentuk lain dari yang dikenal halaman ini. Perbarui halaman saat ada sinyal, lalu pindai lagi. Bila tetap begini, jangan percaya kartu ini.",
  ),
  unknown_key: answer(
    "bad",
    "KUNCI TIDAK DIKENAL",
    "Kode ini ditandatangani dengan kunci yang tidak dikenal. Tekan Perbarui Sekarang saat ada sinyal, lalu pindai lagi. Bila tetap begini, jangan percaya kartu ini.",
  ),
  bad_signature: answer(
    "bad",
    "TANDA TANGAN TIDAK SAH",
    "Kode ini sudah diubah atau dibuat orang lain. Jangan percaya kartu ini.",
  ),
  not_ready: answer(
    "warn",
    "BELUM SIAP",
    "Kunci kantor belum tersimpan di perangkat ini. Sambungkan ke internet sekali, tekan Perbarui Sekarang, lalu pindai lagi.",
  ),
  access: answer(
    "calm",
    "KODE AKSES, BUKAN KARTU",
    "Kode ini hanya untuk halaman Pindai petugas dan hanya berlaku sebentar. Minta pemegangnya menunjukkan kode QR kartunya.",
  ),
  waiting: answer("calm", "Tanda tangan sah — status sedang dicek …", "Kode ini asli. Menunggu jawaban kantor."),
  no_list: answer(
    "calm",
    "Tanda tangan sah — status belum dicek (offline)",
    "Kode ini dibuat kantor dan masa berlakunya belum habis. Apakah sudah dicabut, baru tampak bila ada sinyal.",
    "Sah, status belum dicek",
  ),
  unlisted: answer(
    "good",
    "Tanda tangan sah — tidak ada di daftar dicabut (offline)",
    "Kartu ini diterbitkan kantor dan masa berlakunya belum habis.",
    "Sah, tidak di daftar dicabut",
  ),
  // decided by the office; the same words as on its check page
  valid: answer("good", "BERLAKU", "Kartu asli dan masih berlaku."),
  unchecked: answer("warn", "BELUM DIPERIKSA", "Data diisi sendiri oleh pemiliknya dan belum diperiksa petugas."),
  report_due: answer("warn", "PERLU LAPOR", "Kartu asli, tetapi pemegangnya belum melapor pada waktunya."),
  placed: answer("calm", "SUDAH BEKERJA", "Pemegang kartu ini sudah dicatat diterima kerja."),
  replaced: answer(
    "warn",
    "KODE LAMA",
    "Kode lama — minta kartu terbaru. Kode QR pada cetakan ini sudah diganti pemegangnya.",
  ),
  expired: answer("bad", "KEDALUWARSA", "Masa berlaku kartu ini sudah habis."),
  revoked: answer("bad", "DICABUT", "Kartu ini dicabut oleh kantor penerbit dan tidak berlaku lagi."),
  unknown: answer("bad", "TIDAK DIKENAL", "Kantor tidak pernah memberikan kode ini. Jangan percaya kartu ini."),
};

// An added sentence for a SIAPkerja-ID: an officer approves only a part of its profile.
const CHECKED =
  "Nama, NIK, tanggal lahir, foto dan jenjang pendidikannya sama dengan yang disetujui petugas; selebihnya diisi sendiri oleh pemiliknya.";
export const OF_IDENTITY = {
  valid: CHECKED,
  unlisted: CHECKED,
  no_list: "Apakah data pemegangnya sudah diperiksa petugas, juga baru tampak bila ada sinyal.",
};

const NOTES = { good: [880, 1320], warn: [660, 660], calm: [660, 880], bad: [220, 180] };
const BUZZ = { good: [60], warn: [80, 60, 80], calm: [60], bad: [250, 80, 250] };
let speaker;

// Must first be called from a press: browsers allow no sound before one.
export function sound(tone) {
  speaker ??= new AudioContext();
  speaker.resume().catch(() => {});
  for (const [number, pitch] of (NOTES[tone] ?? []).entries()) beep(pitch, speaker.currentTime + number * 0.16);
  if (tone) navigator.vibrate?.(BUZZ[tone]);
}

function beep(pitch, at) {
  const note = speaker.createOscillator();
  const loudness = speaker.createGain();
  note.type = pitch < 300 ? "square" : "sine";
  note.frequency.value = pitch;
  loudness.gain.setValueAtTime(0.2, at);
  loudness.gain.exponentialRampToValueAtTime(0.001, at + 0.15);
  note.connect(loudness).connect(speaker.destination);
  note.start(at);
  note.stop(at + 0.16);
}

const MONTHS = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split(" ");

// 2026-04-20 as "20 April 2026".
export function longDate(day) {
  const [year, month, date] = day.split("-").map(Number);
  return `${date} ${MONTHS[month - 1]} ${year}`;
}

// A moment as "20 April 2026 10.00 WIB".
export function longTime(moment) {
  const local = new Date(moment + 7 * 3_600_000).toISOString();
  return `${longDate(local.slice(0, 10))} ${local.slice(11, 16).replace(":", ".")} WIB`;
}

// 6205 000003 20042026, as on the card; spaces also keep a spreadsheet from rounding it.
export function spaced(number) {
  return number.replace(/^(\d{4})(\d{6})(\d{8})$/, "$1 $2 $3");
}
