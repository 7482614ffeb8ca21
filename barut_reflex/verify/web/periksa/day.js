// The list of the day: on this device only, gone the next day.
import { officeDay } from "./check.js";
import { longDate, spaced } from "./words.js";

const PLACE = "periksa-hari-ini";
const MOST = 2000; // rows; older ones fall out

export function rowsOfToday() {
  try {
    const kept = JSON.parse(localStorage.getItem(PLACE));
    if (kept?.day === officeDay(Date.now())) return kept.rows;
  } catch {
    // Nothing kept, or nothing that can be read: begin anew.
  }
  clear();
  return [];
}

export function add(row) {
  const rows = [...rowsOfToday(), row].slice(-MOST);
  try {
    localStorage.setItem(PLACE, JSON.stringify({ day: officeDay(Date.now()), rows }));
  } catch {
    // A private window keeps nothing; the answer on the screen is what matters.
  }
  return rows;
}

export function clear() {
  try {
    localStorage.removeItem(PLACE);
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

// A spreadsheet runs what begins like a formula; a leading apostrophe makes it words.
function cell(value) {
  const text = String(value ?? "");
  const safe = /^[\s]*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

export function fileName() {
  return `periksa-${officeDay(Date.now())}.csv`;
}
