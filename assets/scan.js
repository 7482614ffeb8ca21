// The scanner page /pindai: reads access codes by camera and submits each once.
// Offline it checks signature and minute itself, stores the scan, and sends it when back online.
(() => {
  const QUEUE = "pindai-antrean";
  const SEEN = "pindai-terlihat";
  // tests/test_figures.py compares these figures with those of the server.
  const RETENTION = 7 * 24 * 3600 * 1000; // milliseconds
  const CODE_LIFETIME = 60_000;
  const CLOCK_TOLERANCE = 30_000;
  const MAX_LENGTH = 500; // characters of a scanned text
  const BATCH_SIZE = 100; // scans sent at once
  let offline = null; // { check, keys }, fetched while there is a signal
  const write = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
  const SAME_CODE = 5000; // milliseconds in which the same code is not submitted again
  let stream = null;
  let last = { text: "", at: 0 };

  const say = (text) => {
    const message = document.getElementById("kamera-kata");
    if (message) message.textContent = text;
  };

  const stop = () => {
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = null;
    document.getElementById("kamera")?.classList.add("hidden");
  };

  const submitCode = (text) => {
    const now = Date.now();
    if (text === last.text && now - last.at < SAME_CODE) return;
    last = { text, at: now };
    if (!navigator.onLine) return void storeOffline(text).catch(() => say(NOT_OURS));
    const box = document.getElementById("code");
    write.call(box, text.slice(0, MAX_LENGTH));
    box.dispatchEvent(new Event("input", { bubbles: true }));
    navigator.vibrate?.(60);
    document.getElementById("pindai").requestSubmit();
  };

  const NOT_OURS = "Kode ini tidak dikenal. Minta pemegangnya menampilkan kode akses yang baru.";
  const stored = (name) => {
    const rows = JSON.parse(localStorage.getItem(name) ?? "[]");
    return rows.filter((row) => Date.now() - Date.parse(row.at) < RETENTION);
  };

  const prepare = async () => {
    const check = await import("/periksa/check.js");
    const keys = await check.readKeys(await (await fetch("/.well-known/ak1-keys.json")).json());
    offline = { check, keys };
  };

  // Offline: check the signature, the minute, and that this device has not scanned the code before.
  const storeOffline = async (text) => {
    if (!offline) return say("Tanpa sinyal, kode belum dapat diperiksa di perangkat ini.");
    const code = text.trim().replace(/\/$/, "").split("/").pop();
    const says = await offline.check.openAccess(code, offline.keys);
    const now = Date.now();
    if (now < says.made - CLOCK_TOLERANCE || now > says.made + CODE_LIFETIME + CLOCK_TOLERANCE) {
      return say(`Kode ini sudah lewat ${CODE_LIFETIME / 1000} detik. Minta pemegangnya membuat kode baru.`);
    }
    const seen = stored(SEEN);
    if (seen.some((row) => row.id === says.codeId))
      return say("Kode ini sudah dipindai di perangkat ini. Minta kode baru.");
    const at = new Date(now).toISOString();
    const form = new FormData(document.getElementById("pindai"));
    const row = { code, at, purpose: form.get("purpose"), event: form.get("event") };
    localStorage.setItem(SEEN, JSON.stringify([...seen, { id: says.codeId, at }]));
    localStorage.setItem(QUEUE, JSON.stringify([...stored(QUEUE), row]));
    navigator.vibrate?.(60);
    const unsure = says.number ? "" : " Datanya mungkin BELUM DIPERIKSA petugas: cocokkan dengan KTP.";
    say(`Tanpa sinyal: ${says.name} dicatat di perangkat ini, dikirim saat tersambung.${unsure}`);
  };

  // Send the stored scans, one batch of the same purpose and event after the other.
  const send = async () => {
    const rows = document.getElementById("pindai") ? stored(QUEUE).slice(0, BATCH_SIZE) : [];
    if (!rows.length || !navigator.onLine) return;
    const { purpose, event } = rows[0];
    const alike = rows.filter((row) => row.purpose === purpose && row.event === event);
    const seen = alike.map(({ code, at }) => ({ code, at }));
    const headers = { "content-type": "application/json" };
    const body = JSON.stringify({ purpose, event, seen });
    const answer = await fetch("/pindai/kirim", { method: "POST", headers, body }).catch(() => null);
    if (!answer?.ok) return;
    const { results } = await answer.json();
    const sent = new Set(seen.map((row) => row.code + row.at));
    localStorage.setItem(QUEUE, JSON.stringify(stored(QUEUE).filter((row) => !sent.has(row.code + row.at))));
    const refused = results.filter((word) => word !== "noted").length;
    say(
      `${results.length - refused} pindaian terkirim${refused ? `, ${refused} ditolak: sudah dipakai atau tidak cocok waktunya` : ""}.`,
    );
    await send();
  };
  window.addEventListener("online", send);

  // The browser's own QR reader if it has one; else that of the page /periksa.
  const reader = async () => {
    if ("BarcodeDetector" in window) {
      const own = new BarcodeDetector({ formats: ["qr_code"] });
      return async (video) => (await own.detect(video))[0]?.rawValue;
    }
    const { textIn } = await import("/periksa/read.js");
    return (video) => textIn(video, video.videoWidth, video.videoHeight, 800, 150);
  };

  const watch = async (video) => {
    const read = await reader().catch(() => null);
    if (!read) {
      stop();
      say("Peramban ini tidak dapat membaca QR. Ketik enam angkanya.");
      return;
    }
    while (stream && video.isConnected) {
      const text = await read(video).catch(() => "");
      if (text) submitCode(text);
      await new Promise((next) => setTimeout(next, 200));
    }
    stop();
  };

  const start = async () => {
    const video = document.getElementById("kamera");
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch {
      say("Kamera tidak dapat dipakai. Izinkan kamera di peramban, atau ketik enam angkanya.");
      return;
    }
    video.srcObject = stream;
    video.classList.remove("hidden");
    await video.play();
    say("Arahkan kamera ke kode akses.");
    prepare().catch(() => {});
    send();
    watch(video);
  };

  document.addEventListener("click", ({ target }) => {
    const button = target instanceof Element && target.closest("[data-scan]");
    if (!button) return;
    if (stream) {
      stop();
      say("");
    } else start();
  });
})();
