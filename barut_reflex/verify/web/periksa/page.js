// The page /periksa: takes scanned, chosen or typed codes, shows the answers, keeps today's list.
import * as camera from "./camera.js";
import { check, KINDS, officeDay, readKeys, readList, SIAPKERJA_ID } from "./check.js";
import * as day from "./day.js";
import { textInFile } from "./read.js";
import { longDate, longTime, MARKS, OF_IDENTITY, sound, spaced, WORDS } from "./words.js";

const SAME_CODE = 4000; // milliseconds in which the same code in view is not a new scan
const OFFICE_TIMEOUT = 8000; // milliseconds; the offline answer is shown meanwhile
const REFRESH_INTERVAL = 10 * 60_000;
const CLOCK_TOLERANCE = 15 * 60_000;
const WRONG_CLOCK =
  "Jam perangkat ini tertinggal dari jam kantor. Betulkan tanggal dan jamnya, karena masa berlaku dihitung darinya.";
const at = (id) => document.getElementById(id);

let keys = null;
let list = null;
let seen = { text: "", at: 0 };
let answers = 0; // counts the scans: only the answer to the newest one is shown

// --- stored data: keys and the signed list -------------------------------------------------

async function refresh() {
  await refreshKeys();
  await refreshList();
  showStored();
}

async function refreshKeys() {
  try {
    const answer = await fetch("/.well-known/ak1-keys.json", { cache: "no-cache" });
    if (!answer.ok) return;
    const known = await readKeys(await answer.json());
    known.kept = Number(answer.headers.get("x-kept")) || Date.now();
    keys = known;
  } catch {
    // The keys read before stay in use.
  }
}

async function refreshList() {
  try {
    const answer = await fetch("/.well-known/ak1-dicabut.json", { cache: "no-cache" });
    if (!answer.ok) return;
    const read = await readList(await answer.json(), keys ?? new Map());
    if (!list || read.made >= list.made) list = read; // an older list never replaces a newer one
  } catch {
    // A list that the office did not sign is ignored.
  }
}

const isFresh = () => list !== null && Date.now() < list.ends;
const isClockWrong = () => list !== null && Date.now() < list.made - CLOCK_TOLERANCE;

function showStored() {
  at("keys-state").textContent = keys
    ? `${keys.size} kunci, diambil ${longTime(keys.kept)}`
    : "Belum ada. Perlu sinyal sekali.";
  const old = list && !isFresh() ? " — sudah terlalu lama" : "";
  at("list-state").textContent = list ? `Per ${longTime(list.made)}${old}` : "Belum ada. Perlu sinyal sekali.";
}

function showLine() {
  at("line").textContent = navigator.onLine ? "Tersambung" : "Tanpa sinyal";
  at("line").classList.toggle("on", navigator.onLine);
}

// --- one scan ---------------------------------------------------------------------------------

// The code in a scanned text, and the host it would open.
function partsOf(text) {
  const found = text.trim().match(/^https?:\/\/([^/?#]+)\/[a-z]\/([^/?#]*)\/?$/i);
  return found ? { host: found[1].toLowerCase(), code: found[2] } : { host: "", code: text.trim() };
}

function scan(text) {
  const now = Date.now();
  const isSame = text === seen.text && now - seen.at < SAME_CODE;
  seen = { text, at: now };
  if (!isSame) answerTo(text); // without await: the next card may be scanned at once
}

async function answerTo(text) {
  const mine = ++answers;
  at("trouble").textContent = "";
  const { host, code } = partsOf(text);
  if (!keys) await refresh();
  if (!keys) return show({ word: "not_ready", payload: null, notes: [], source: "" });
  let found = await check(code, { keys, today: officeDay(Date.now()), list });
  if (found.result === "unknown_key") {
    await refresh(); // the office may have a new key
    found = await check(code, { keys, today: officeDay(Date.now()), list });
  }
  const notes =
    host && host !== location.host ? [`Kode QR ini menunjuk ke situs lain (${host}). Jangan buka alamat itu.`] : [];
  if (isClockWrong()) notes.push(WRONG_CLOCK);
  if (!found.payload || found.result === "access")
    return finish(mine, { word: found.result, payload: null, notes, source: "tanda tangan" });
  show({ ...offline(found, notes), ...(found.result === "valid" && { word: "waiting" }) });
  const verdict = await askOffice(code);
  const online = { word: verdict, payload: found.payload, notes, source: "kantor" };
  finish(mine, verdict ? online : offline(found, notes));
}

// The answer that this device alone can give.
function offline({ result, payload }, notes) {
  const per = list ? `Menurut daftar kantor per ${longTime(list.made)}.` : "";
  const old = list ? `Daftar kartu dicabut di perangkat ini sudah terlalu lama (${longTime(list.made)}).` : "";
  if (result === "expired") return { word: result, payload, notes, source: "tanggal pada kode" };
  if (result !== "valid") return { word: result, payload, notes: [per, ...notes], source: "daftar tersimpan" };
  if (isFresh()) return { word: "unlisted", payload, notes: [per, ...notes], source: "daftar tersimpan" };
  return { word: "no_list", payload, notes: old ? [old, ...notes] : notes, source: "tanda tangan" };
}

// The office's verdict, or "" if the office cannot be reached.
async function askOffice(code) {
  if (!navigator.onLine) return "";
  try {
    const signal = AbortSignal.timeout(OFFICE_TIMEOUT);
    const answer = await fetch(`/periksa/status/${code}`, { method: "POST", signal });
    const { verdict } = answer.ok ? await answer.json() : {};
    return WORDS[verdict] ? verdict : "";
  } catch {
    return "";
  }
}

// --- what is shown ----------------------------------------------------------------------------

// Add the scan to the list of the day, and show it if no newer one was made meanwhile.
function finish(mine, answer) {
  const { tone, short } = WORDS[answer.word];
  if (mine === answers) {
    show(answer);
    if (at("sound").checked) sound(tone);
  }
  const { payload } = answer;
  const rows = day.add({
    time: new Date(Date.now() + 7 * 3_600_000).toISOString().slice(11, 19).replaceAll(":", "."),
    title: short,
    tone,
    source: answer.source,
    kind: payload ? KINDS[payload.kind].word : "",
    number: payload?.number ?? "",
    name: payload?.name ?? "",
    until: payload?.validUntil ?? "",
  });
  showRows(rows);
}

function show({ word, payload, notes }) {
  const { tone, title, advice } = WORDS[word];
  const box = element("div", { className: `verdict ${tone}` });
  box.dataset.verdict = word;
  box.append(mark(tone, true), element("h2", { textContent: title }), element("p", { textContent: advice }));
  const own = payload?.kind === SIAPKERJA_ID ? OF_IDENTITY[word] : "";
  for (const note of [own, ...notes].filter(Boolean)) box.append(element("p", { textContent: note }));
  if (payload) box.append(facts(payload, word));
  at("answer").replaceChildren(box);
  at("view").classList.toggle("hit", true);
  setTimeout(() => at("view").classList.remove("hit"), 500);
  box.scrollIntoView({ block: "nearest" });
}

function facts(payload, word) {
  const rows = [
    ["Nama", payload.name || "–"],
    ["Jenis", KINDS[payload.kind].word],
    ["Nomor pendaftaran", payload.number ? spaced(payload.number) : "–"],
    [
      word === "unchecked" ? "Masa kode" : "Berlaku",
      `${longDate(payload.issued)} sampai ${longDate(payload.validUntil)}`,
    ],
  ];
  const table = element("dl");
  for (const [name, value] of rows) {
    const row = element("div");
    row.append(element("dt", { textContent: name }), element("dd", { textContent: value }));
    table.append(row);
  }
  return table;
}

function showRows(rows) {
  const body = rows.toReversed().map((row) => {
    const line = element("tr");
    const result = element("td");
    result.append(mark(row.tone, false), row.title);
    line.append(element("td", { textContent: row.time }), result);
    const who = element("td");
    who.append(spaced(row.number) || "–", element("br"), row.name);
    line.append(who);
    return line;
  });
  at("rows").replaceChildren(...body);
  at("empty").hidden = rows.length > 0;
  for (const id of ["table", "acts"]) at(id).hidden = rows.length === 0;
}

function mark(tone, isRound) {
  const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  drawing.setAttribute("viewBox", "0 0 34 34");
  drawing.setAttribute("aria-hidden", "true");
  if (isRound) drawing.append(shape("circle", { cx: 17, cy: 17, r: 16 }));
  drawing.append(shape("path", { d: MARKS[tone] }));
  return drawing;
}

function shape(name, attributes) {
  const drawn = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) drawn.setAttribute(key, value);
  return drawn;
}

function element(name, properties = {}) {
  return Object.assign(document.createElement(name), properties);
}

// --- what is pressed ----------------------------------------------------------------------------

at("camera").addEventListener("click", async () => {
  sound(""); // prepares the speaker: browsers allow sound only after a press
  at("trouble").textContent = "";
  if (camera.isOpen()) return closeCamera();
  at("view").hidden = false;
  at("camera").textContent = "Hentikan Kamera";
  try {
    await camera.open(at("video"), scan);
  } catch (error) {
    closeCamera();
    at("trouble").textContent = error.message;
  }
});

function closeCamera() {
  camera.close(at("video"));
  at("view").hidden = true;
  at("camera").textContent = "Mulai Kamera";
}

at("file").addEventListener("change", async ({ target }) => {
  const [file] = target.files;
  if (!file) return;
  at("trouble").textContent = "Membaca berkas …";
  try {
    await answerTo(await textInFile(file));
  } catch (error) {
    at("answer").replaceChildren();
    at("trouble").textContent = error.message;
  }
  target.value = ""; // the same file may be chosen again
});

at("typed").addEventListener("submit", async (event) => {
  event.preventDefault();
  const text = at("code").value;
  at("code").select(); // the next one types over it
  if (text.trim()) return answerTo(text);
  at("trouble").textContent = "Ketik atau tempel kodenya dahulu.";
});

at("refresh").addEventListener("click", refresh);
at("export").addEventListener("click", () => {
  const file = new Blob([day.csv(day.rowsOfToday())], { type: "text/csv" });
  const link = element("a", { href: URL.createObjectURL(file), download: day.fileName() });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
});
at("clear").addEventListener("click", () => at("sure").showModal());
at("keep").addEventListener("click", () => at("sure").close());
at("wipe").addEventListener("click", () => {
  day.clear();
  at("sure").close();
  at("answer").replaceChildren();
  showRows([]);
});

addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  at("install").hidden = false;
  at("install").onclick = () => event.prompt();
});
addEventListener("appinstalled", () => (at("install").hidden = true));
addEventListener("online", () => {
  showLine();
  refresh();
});
addEventListener("offline", showLine);
addEventListener("pagehide", closeCamera);

showLine();
showRows(day.rowsOfToday());
navigator.serviceWorker?.register("/periksa/sw.js", { scope: "/periksa/" }).catch(() => {});
await refresh();
setInterval(refresh, REFRESH_INTERVAL);
document.body.dataset.ready = "true";
