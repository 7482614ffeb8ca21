// Finds the text of a QR in a camera frame, a picture file or a PDF.
import decodeQR from "./qr.js";

const SIDES = [1200, 800, 1800, 2600]; // longest side at which a picture is tried
const MAX_FILE = 30 * 1024 * 1024; // bytes
const STREAM_CAP = 8 * 1024 * 1024; // bytes of one inflated stream
const MAX_STREAMS = 400;
const ADDRESS = /https?:\/\/[^\s()<>"]{1,120}\/[a-z]\/[a-z2-7]{100,400}/i;

let native; // the browser's own QR detector; null if it has none

async function detector() {
  if (native !== undefined) return native;
  try {
    const formats = await globalThis.BarcodeDetector.getSupportedFormats();
    native = formats.includes("qr_code") ? new BarcodeDetector({ formats: ["qr_code"] }) : null;
  } catch {
    native = null;
  }
  return native;
}

// The text of a QR in anything a canvas can draw, or "". `timeout` is in milliseconds.
export async function textIn(source, width, height, side, timeout) {
  const scale = Math.min(1, side / Math.max(width, height));
  const canvas = new OffscreenCanvas(Math.round(width * scale), Math.round(height * scale));
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.drawImage(source, 0, 0, canvas.width, canvas.height);
  try {
    const found = await (await detector())?.detect(canvas);
    if (found?.length) return found[0].rawValue;
  } catch {
    native = null; // some browsers announce a detector that does not work
  }
  try {
    return decodeQR(pen.getImageData(0, 0, canvas.width, canvas.height), { timeLimit: timeout });
  } catch {
    return "";
  }
}

export async function textInFile(file) {
  if (file.size > MAX_FILE)
    throw new Error(`Berkas ini lebih dari ${MAX_FILE / 1024 / 1024} MB. Pilih gambar yang lebih kecil.`);
  const head = new Uint8Array(await file.slice(0, 1024).arrayBuffer());
  return latin(head).includes("%PDF-") ? textInPdf(file) : textInPicture(file);
}

async function textInPicture(file) {
  let picture;
  try {
    picture = await createImageBitmap(file);
  } catch {
    throw new Error("Berkas ini bukan gambar yang dapat dibuka. Pilih JPG, PNG atau PDF.");
  }
  const text = await textInBitmap(picture);
  if (!text)
    throw new Error("Tidak ada kode QR yang terbaca pada gambar ini. Foto lagi dari dekat, terang dan tidak goyang.");
  return text;
}

async function textInBitmap(picture) {
  for (const side of SIDES) {
    const text = await textIn(picture, picture.width, picture.height, side, 900);
    if (text) return text;
    if (side > Math.max(picture.width, picture.height) && side !== SIDES[0]) break;
  }
  return "";
}

// A PDF made by the office contains the address of the QR as a link; a scanned one has a picture.
async function textInPdf(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const words = latin(bytes);
  const plain = words.match(ADDRESS);
  if (plain) return plain[0];
  for (const stream of streamsOf(words, bytes)) {
    const text = await textInStream(stream).catch(() => "");
    if (text) return text;
  }
  throw new Error(
    "Kode QR pada PDF ini tidak dapat dibaca di sini. Buka PDF-nya, ambil foto atau tangkapan layar kartunya, lalu pilih gambar itu.",
  );
}

function* streamsOf(words, bytes) {
  const start = /stream\r?\n/g;
  for (let count = 0; count < MAX_STREAMS; count++) {
    const found = start.exec(words);
    if (!found) return;
    const from = found.index + found[0].length;
    const to = words.indexOf("endstream", from);
    if (to < 0) return;
    const about = words.slice(Math.max(0, words.lastIndexOf("obj", found.index)), found.index);
    start.lastIndex = to + 9;
    yield { about, content: bytes.subarray(from, to) };
  }
}

async function textInStream({ about, content }) {
  const opened = about.includes("/FlateDecode") ? await inflate(content) : content;
  if (about.includes("/DCTDecode")) {
    return textInBitmap(await createImageBitmap(new Blob([opened], { type: "image/jpeg" })));
  }
  return about.includes("/Image") ? "" : (latin(opened).match(ADDRESS)?.[0] ?? "");
}

// The line end after the deflated bytes makes the stream fail, but only after all was inflated.
async function inflate(content) {
  const pieces = [];
  let size = 0;
  const reader = new Blob([content]).stream().pipeThrough(new DecompressionStream("deflate")).getReader();
  try {
    for (let piece = await reader.read(); !piece.done && size < STREAM_CAP; piece = await reader.read()) {
      pieces.push(piece.value);
      size += piece.value.length;
    }
  } catch {
    // What was inflated so far is searched.
  }
  reader.cancel().catch(() => {});
  return new Uint8Array(await new Blob(pieces).arrayBuffer());
}

function latin(bytes) {
  return new TextDecoder("latin1").decode(bytes);
}
