// The page /kartu-saya/: stores the digital card for offline use, deletes it on request, shows the
// QR large.
(() => {
  const CACHE = "kartu-1";
  const PAGE = "/kartu-saya/";
  let lock = null;

  // Keep the screen on while the QR is shown large.
  const keepScreenOn = async (on) => {
    if (!on) {
      await lock?.release().catch(() => {});
      lock = null;
      return;
    }
    lock = await navigator.wakeLock?.request("screen").catch(() => null);
  };

  document.addEventListener("click", ({ target }) => {
    if (!(target instanceof Element)) return;
    const opener = target.closest("[data-large]");
    const large = document.getElementById("besar");
    if (opener && large) {
      large.showModal();
      keepScreenOn(true);
      large.addEventListener("close", () => keepScreenOn(false), { once: true });
    }
    if (target.closest("#besar")) large.close();
    if (target.closest("[data-forget]")) forget();
  });

  const say = (text) => {
    const message = document.querySelector("[data-kept]");
    if (message) message.textContent = text;
  };

  const forget = async () => {
    await caches.delete(CACHE);
    say("Kartu sudah dihapus dari ponsel ini. Tutup halaman ini.");
  };

  const store = async () => {
    if (location.pathname !== PAGE || !("caches" in window) || !navigator.serviceWorker) return;
    await navigator.serviceWorker.register("/sw.js");
    await navigator.serviceWorker.ready;
    const cache = await caches.open(CACHE);
    if (!(await cache.match(PAGE))) {
      const answer = await fetch(PAGE, { redirect: "manual" });
      if (answer.ok) await cache.put(PAGE, answer);
    }
    if (await cache.match(PAGE)) say("Tersimpan di ponsel ini. Dapat dibuka tanpa sinyal, sampai Anda keluar.");
  };

  store().catch(() => {});
})();
