// Service worker of /periksa: caches the page, the public keys and the list of withdrawn codes, so
// that the page works offline.
const PAGE = "periksa-{{version}}";
const DATA = "periksa-data";
const FILES = ["/periksa/", "/periksa/style.css", "/periksa/page.js", "/periksa/check.js", "/periksa/words.js"];
FILES.push("/periksa/day.js", "/periksa/read.js", "/periksa/camera.js", "/periksa/qr.js");
FILES.push("/periksa/manifest.webmanifest", "/logo.svg", "/icon-192.png", "/icon-512.png");
const FACTS = ["/.well-known/ak1-keys.json", "/.well-known/ak1-dicabut.json"];
const FETCH_TIMEOUT = 4000; // milliseconds

self.addEventListener("install", (event) => {
  const fresh = FILES.map((path) => new Request(path, { cache: "reload" }));
  event.waitUntil(caches.open(PAGE).then((cache) => cache.addAll(fresh)));
  event.waitUntil(Promise.allSettled(FACTS.map(newest)));
  self.skipWaiting();
});

self.addEventListener("activate", (event) => {
  event.waitUntil(deleteOldCaches().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== self.location.origin) return;
  if (FACTS.includes(pathname)) event.respondWith(newest(pathname));
  else if (FILES.includes(pathname)) event.respondWith(cached(event.request, pathname));
});

async function deleteOldCaches() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith("periksa-") && name !== PAGE && name !== DATA);
  await Promise.all(old.map((name) => caches.delete(name)));
}

async function cached(request, pathname) {
  const cache = await caches.open(PAGE);
  return (await cache.match(pathname)) ?? fetch(request);
}

// From the office if it answers in time, else from the cache; the header `x-kept` says since when.
async function newest(pathname) {
  const cache = await caches.open(DATA);
  try {
    const answer = await fetch(pathname, { cache: "no-cache", signal: AbortSignal.timeout(FETCH_TIMEOUT) });
    if (!answer.ok) throw new Error(answer.status);
    const headers = { "content-type": "application/json", "x-kept": String(Date.now()) };
    const copy = new Response(await answer.blob(), { headers });
    await cache.put(pathname, copy.clone());
    return copy;
  } catch (error) {
    const old = await cache.match(pathname);
    if (old) return old;
    throw error;
  }
}
