// The list of today's scans: stored on this device only, deleted the next day, exported as CSV.
import { officeDay } from "./check.js";
import { longDate, spaced } from "./words.js";

const STORAGE_KEY = "periksa-hari-ini";
const MAX_ROWS = 2000; // older ones are dropped

export function rowsOfToday() {
  try {
    const stored = JSON.parse(localStorage.getItem(STORAGE_KEY));
    if (stored?.day === officeDay(Date.now())) return stored.rows;
  } catch {
    // Unreadable: begin with an empty list.
  }
  clear();
  return [];
}

export function add(row) {
  const rows = [...rowsOfToday(), row].slice(-MAX_ROWS);
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify({ day: officeDay(Date.now()), rows }));
  } catch {
    // A private window stores nothing. The answer is still on the screen.
  }
  return rows;
}

export function clear() {
  try {
    localStorage.removeItem(STORAGE_KEY);
  } catch {
    // As above.
  }
}

const COLUMNS = ["Jam (WIB)", "Hasil", "Status dari", "Jenis", "Nomor", "Nama", "Berlaku sampai"];

export function csv(rows) {
  const line = (cells) => cells.map(cell).join(";");
  const body = rows.map((row) =>
    line([row.time, row.title, row.source, row.kind, spaced(row.number), row.name, row.until && longDate(row.until)]),
  );
  return `\ufeff${[line(COLUMNS), ...body].join("\r\n")}\r\n`;
}

// A spreadsheet runs a cell that begins like a formula; a leading apostrophe makes it text.
function cell(value) {
  const text = String(value ?? "");
  const safe = /^[\s]*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

export function fileName() {
  return `periksa-${officeDay(Date.now())}.csv`;
}
