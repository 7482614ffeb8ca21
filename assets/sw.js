// Service worker of the whole site: an offline page for pages that cannot be reached, and the
// holder's own digital card without a signal. Nothing else of the office's pages is cached.
const OFFLINE = "/offline.html";
const SHELL = "offline-3";
const CARD = "kartu-1";
const CARD_PAGE = "/kartu-saya/";
const CARD_LIFETIME = 30 * 24 * 3600 * 1000; // afterwards the card must be opened online again

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll([OFFLINE, "/card.js"])));
  self.skipWaiting();
});

self.addEventListener("activate", (event) => {
  const old = (names) => names.filter((name) => /^(offline|kartu)-/.test(name) && ![SHELL, CARD].includes(name));
  event.waitUntil(caches.keys().then((names) => Promise.all(old(names).map((n) => caches.delete(n)))));
});

const cachedCard = async () => {
  const cached = await caches.match(CARD_PAGE, { cacheName: CARD });
  if (!cached) return undefined;
  if (Date.now() - Date.parse(cached.headers.get("date")) < CARD_LIFETIME) return cached;
  await caches.delete(CARD);
  return undefined;
};

// A good answer of the server replaces the cached card; a refusal, as after signing out, deletes it.
const card = async (request) => {
  let answer;
  try {
    answer = await fetch(request);
  } catch {
    return (await cachedCard()) ?? caches.match(OFFLINE);
  }
  if (answer.ok) await (await caches.open(CARD)).put(CARD_PAGE, answer.clone());
  else if (answer.status < 500) await caches.delete(CARD);
  return answer;
};

const page = async (request, path) => {
  try {
    return await fetch(request);
  } catch {
    return ((path.startsWith("/kartu/") || path === "/kartu") && (await cachedCard())) || caches.match(OFFLINE);
  }
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { pathname } = new URL(request.url);
  if (request.method === "POST" && ["/keluar", "/masuk"].includes(pathname)) {
    event.waitUntil(caches.delete(CARD)); // so that the next user of this phone finds no card
    return;
  }
  if (request.method !== "GET") return;
  if (pathname === "/card.js") {
    event.respondWith(fetch(request).catch(() => caches.match("/card.js")));
  } else if (request.mode === "navigate") {
    event.respondWith(pathname === CARD_PAGE ? card(request) : page(request, pathname));
  }
});
