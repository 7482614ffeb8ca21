// Reads access codes by camera into the field of the scanner page and sends it, once for each code.
// Without a signal it checks signature and minute itself, and sends what it saw once it is back.
(() => {
  const QUEUE = "pindai-antrean";
  const SEEN = "pindai-terlihat";
  const KEPT = 7 * 24 * 3600 * 1000;
  const LIFE = 60_000;
  const SLACK = 30_000;
  const LONGEST = 500;
  const MOST = 100; // tests/test_figures.py compares these with the office's own
  let offline = null; // { check, keys }, fetched while there is a signal
  const write = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
  const AGAIN = 5000; // the same code is not sent again so soon
  let stream = null;
  let last = { text: "", at: 0 };

  const say = (text) => {
    const place = document.getElementById("kamera-kata");
    if (place) place.textContent = text;
  };

  const stop = () => {
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = null;
    document.getElementById("kamera")?.classList.add("hidden");
  };

  const found = (text) => {
    const now = Date.now();
    if (text === last.text && now - last.at < AGAIN) return;
    last = { text, at: now };
    if (!navigator.onLine) return void later(text).catch(() => say(NOT_OURS));
    const box = document.getElementById("code");
    write.call(box, text.slice(0, LONGEST));
    box.dispatchEvent(new Event("input", { bubbles: true }));
    navigator.vibrate?.(60);
    document.getElementById("pindai").requestSubmit();
  };

  const NOT_OURS = "Kode ini tidak dikenal. Minta pemegangnya menampilkan kode akses yang baru.";
  const kept = (name) => {
    const rows = JSON.parse(localStorage.getItem(name) ?? "[]");
    return rows.filter((row) => Date.now() - Date.parse(row.at) < KEPT);
  };

  const prepare = async () => {
    const check = await import("/periksa/check.js");
    const keys = await check.readKeys(await (await fetch("/.well-known/ak1-keys.json")).json());
    offline = { check, keys };
  };

  // Without a signal: signature, minute, and not seen by this device before.
  const later = async (text) => {
    if (!offline) return say("Tanpa sinyal, kode belum dapat diperiksa di perangkat ini.");
    const code = text.trim().replace(/\/$/, "").split("/").pop();
    const says = await offline.check.openAccess(code, offline.keys);
    const now = Date.now();
    if (now < says.made - SLACK || now > says.made + LIFE + SLACK) {
      return say(`Kode ini sudah lewat ${LIFE / 1000} detik. Minta pemegangnya membuat kode baru.`);
    }
    const seen = kept(SEEN);
    if (seen.some((row) => row.id === says.codeId))
      return say("Kode ini sudah dipindai di perangkat ini. Minta kode baru.");
    const at = new Date(now).toISOString();
    const form = new FormData(document.getElementById("pindai"));
    const row = { code, at, purpose: form.get("purpose"), event: form.get("event") };
    localStorage.setItem(SEEN, JSON.stringify([...seen, { id: says.codeId, at }]));
    localStorage.setItem(QUEUE, JSON.stringify([...kept(QUEUE), row]));
    navigator.vibrate?.(60);
    const unsure = says.number ? "" : " Datanya mungkin BELUM DIPERIKSA petugas: cocokkan dengan KTP.";
    say(`Tanpa sinyal: ${says.name} dicatat di perangkat ini, dikirim saat tersambung.${unsure}`);
  };

  const send = async () => {
    const rows = document.getElementById("pindai") ? kept(QUEUE).slice(0, MOST) : [];
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
    localStorage.setItem(QUEUE, JSON.stringify(kept(QUEUE).filter((row) => !sent.has(row.code + row.at))));
    const refused = results.filter((word) => word !== "noted").length;
    say(
      `${results.length - refused} pindaian terkirim${refused ? `, ${refused} ditolak: sudah dipakai atau tidak cocok waktunya` : ""}.`,
    );
    await send();
  };
  window.addEventListener("online", send);

  // The browser's own reader where there is one; else the one the page /periksa brings.
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
      if (text) found(text);
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
