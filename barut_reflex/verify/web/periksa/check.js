// Verifies a scanned code offline: format, signature, dates, list of withdrawn codes.
// Pure: no page, no network. The formats are in docs/qr.md, sections 2, 3 and 6.

const HEAD = 26; // bytes before the name
const SIGNATURE = 64;
const VERSION = 1;
const DAY = 86_400_000;
const DAY_ZERO = Date.UTC(2020, 0, 1);
const WIB = 7 * 3_600_000;
const HALF_ORDER = 0x7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8n;
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const LIST_HASH = 6; // bytes
export const SIAPKERJA_ID = 2;
const LIST_TYPE = "ak1-dicabut";

// One row for each kind of code: how its bytes are read, and whether it is valid on a day.
export const KINDS = {
  1: { word: "Kartu AK1", read: readCard, judge: byLastDay },
  [SIAPKERJA_ID]: { word: "SIAPkerja-ID", read: readCard, judge: byLastDay },
  3: { word: "Kode akses", read: readAccess, judge: () => "access" }, // for the office's scanner only
};

export class Flaw extends Error {
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

// Returns { result, payload }. `result` is valid, unchecked, expired, revoked, replaced, access,
// unreadable, unknown_format, unknown_key or bad_signature. `list` comes from `readList`, or is null.
export async function check(code, { keys, today, list = null }) {
  try {
    const payload = await open(code, keys);
    const listed = list ? await list.find(payload) : "";
    const byDate = KINDS[payload.kind].judge(payload, today);
    // An expired code says so, even if it is unchecked as well; revoked and replaced come first.
    const isExpired = listed === "unchecked" && byDate !== "valid";
    return { result: isExpired ? byDate : listed || byDate, payload };
  } catch (error) {
    if (!(error instanceof Flaw)) throw error;
    return { result: error.reason, payload: null };
  }
}

// The contents of a code. Throws a Flaw unless the office signed it and it is spelled canonically.
async function open(code, keys, kinds = KINDS) {
  const bytes = bytesOf(code);
  const packed = bytes.slice(0, Math.max(0, bytes.length - SIGNATURE));
  const signature = bytes.slice(packed.length);
  const payload = unpack(packed, kinds);
  const key = keys.get(payload.keyId);
  if (!key) throw new Flaw("unknown_key");
  // Each ECDSA signature has a twin with another second half; only the lower one is accepted.
  if (numberOf(signature.slice(32)) > HALF_ORDER) throw new Flaw("bad_signature");
  if (!(await verify(key, signature, packed))) throw new Flaw("bad_signature");
  return payload;
}

// The bytes of a code in base32 (RFC 4648, without padding).
function bytesOf(code) {
  if (!/^[A-Za-z2-7]+$/.test(code)) throw new Flaw("unreadable");
  const text = code.toUpperCase();
  const bytes = new Uint8Array(Math.floor((text.length * 5) / 8));
  let buffer = 0;
  let bits = 0;
  let at = 0;
  for (const letter of text) {
    buffer = ((buffer << 5) | ALPHABET.indexOf(letter)) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = (buffer >> bits) & 0xff;
    }
  }
  // A letter too many, or unused bits that are not zero, would be another spelling of these bytes.
  if (bits >= 5 || buffer & ((1 << bits) - 1)) throw new Flaw("unreadable");
  return bytes;
}

function unpack(packed, kinds) {
  if (packed.length && packed[0] !== VERSION) throw new Flaw("unknown_format");
  if (packed.length > 1 && !kinds[packed[1]]) throw new Flaw("unknown_format");
  if (packed.length < HEAD) throw new Flaw("unreadable");
  return { kind: packed[1], keyId: packed[2], ...kinds[packed[1]].read(packed) };
}

function readCard(packed) {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.length);
  if (packed.length !== HEAD + packed[25]) throw new Flaw("unreadable");
  const number = view.getBigUint64(13);
  return {
    codeId: hex(packed.slice(3, 13)),
    number: number ? String(number).padStart(18, "0") : "",
    name: utf8(packed.slice(HEAD)),
    issued: dayOf(view.getUint16(21)),
    validUntil: dayOf(view.getUint16(23)),
  };
}

// The contents of an access code (docs/qr.md, section 10). The scanner page checks its minute and
// that it is used once.
export function openAccess(code, keys) {
  return open(code, keys, { 3: { read: readAccess } });
}

function readAccess(packed) {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.length);
  return { ...readCard(packed), made: DAY_ZERO + view.getUint32(21) * 1000 };
}

function byLastDay(payload, today) {
  return today > payload.validUntil ? "expired" : "valid";
}

// The calendar day in WIB, as 2026-04-20. WIB has no daylight saving time.
export function officeDay(moment) {
  return new Date(moment + WIB).toISOString().slice(0, 10);
}

function dayOf(days) {
  return new Date(DAY_ZERO + days * DAY).toISOString().slice(0, 10);
}

// The keys of a JSON Web Key Set by their number. Keys that are not P-256 are left out.
export async function readKeys(set) {
  const keys = new Map();
  for (const { kid, kty, crv, x, y } of set.keys) {
    if (kty !== "EC" || crv !== "P-256" || !/^\d{1,3}$/.test(kid)) continue;
    const curve = { name: "ECDSA", namedCurve: "P-256" };
    const key = await crypto.subtle.importKey("jwk", { kty, crv, x, y }, curve, false, ["verify"]);
    keys.set(Number(kid), key);
  }
  return keys;
}

// The signed list of withdrawn codes as { made, ends, find(payload) }. Throws a Flaw if the office
// did not sign it.
export async function readList(jws, keys) {
  const head = parse(jws.protected);
  if (head.alg !== "ES256" || head.typ !== LIST_TYPE) throw new Flaw("unknown_format");
  const key = keys.get(Number(head.kid));
  if (!key) throw new Flaw("unknown_key");
  const words = new TextEncoder().encode(`${jws.protected}.${jws.payload}`);
  if (!(await verify(key, fromUrlSafe(jws.signature), words))) throw new Flaw("bad_signature");
  const body = parse(jws.payload);
  const revoked = hashesOf(body.revoked);
  const replaced = hashesOf(body.replaced);
  const unchecked = hashesOf(body.unchecked);
  // A SIAPkerja-ID made on the day of the list or later may be missing in it: it counts as unchecked.
  const isNew = ({ kind, issued }) => kind === SIAPKERJA_ID && issued >= officeDay(body.iat * 1000);
  const find = async (payload) => {
    const hash = await hashOf(payload.codeId);
    if (revoked.has(hash)) return "revoked";
    if (replaced.has(hash)) return "replaced";
    return unchecked.has(hash) || isNew(payload) ? "unchecked" : "";
  };
  return { made: body.iat * 1000, ends: body.exp * 1000, find };
}

function verify(key, signature, words) {
  return crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, key, signature, words);
}

function hashesOf(text) {
  const bytes = fromUrlSafe(text);
  const hashes = new Set();
  for (let at = 0; at < bytes.length; at += LIST_HASH) hashes.add(hex(bytes.slice(at, at + LIST_HASH)));
  return hashes;
}

async function hashOf(codeId) {
  const bytes = Uint8Array.from(codeId.match(/../g), (pair) => parseInt(pair, 16));
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).slice(0, LIST_HASH));
}

function parse(text) {
  return JSON.parse(utf8(fromUrlSafe(text)));
}

function fromUrlSafe(text) {
  const plain = text.replace(/-/g, "+").replace(/_/g, "/");
  return Uint8Array.from(atob(plain), (letter) => letter.charCodeAt(0));
}

function utf8(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Flaw("unreadable");
  }
}

function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function numberOf(bytes) {
  return BigInt(`0x${hex(bytes)}`);
}
