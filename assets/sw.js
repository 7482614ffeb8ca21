// Two things: a page that cannot be reached is answered with our own sentence about it, and the
// holder's own card opens without a signal. Of the office's pages nothing else is ever kept.
const OFFLINE = "/offline.html";
const SHELL = "offline-3";
const CARD = "kartu-1";
const CARD_PAGE = "/kartu-saya/";
const KEPT_FOR = 30 * 24 * 3600 * 1000; // then the card must have been seen online again

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll([OFFLINE, "/card.js"])));
  self.skipWaiting();
});

self.addEventListener("activate", (event) => {
  const old = (names) => names.filter((name) => /^(offline|kartu)-/.test(name) && ![SHELL, CARD].includes(name));
  event.waitUntil(caches.keys().then((names) => Promise.all(old(names).map((n) => caches.delete(n)))));
});

const keptCard = async () => {
  const kept = await caches.match(CARD_PAGE, { cacheName: CARD });
  if (!kept) return undefined;
  if (Date.now() - Date.parse(kept.headers.get("date")) < KEPT_FOR) return kept;
  await caches.delete(CARD);
  return undefined;
};

// The answer of the server decides: the card is kept anew, or, when it is nobody's any more, gone.
const card = async (request) => {
  let answer;
  try {
    answer = await fetch(request);
  } catch {
    return (await keptCard()) ?? caches.match(OFFLINE);
  }
  if (answer.ok) await (await caches.open(CARD)).put(CARD_PAGE, answer.clone());
  else if (answer.status < 500) await caches.delete(CARD);
  return answer;
};

const page = async (request, path) => {
  try {
    return await fetch(request);
  } catch {
    return ((path.startsWith("/kartu/") || path === "/kartu") && (await keptCard())) || caches.match(OFFLINE);
  }
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { pathname } = new URL(request.url);
  if (request.method === "POST" && ["/keluar", "/masuk"].includes(pathname)) {
    event.waitUntil(caches.delete(CARD)); // whoever comes next on this phone finds no card
    return;
  }
  if (request.method !== "GET") return;
  if (pathname === "/card.js") {
    event.respondWith(fetch(request).catch(() => caches.match("/card.js")));
  } else if (request.mode === "navigate") {
    event.respondWith(pathname === CARD_PAGE ? card(request) : page(request, pathname));
  }
});
