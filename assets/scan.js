// Reads access codes by camera into the field of the scanner page and sends it, once for each code.
(() => {
  const write = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
  const AGAIN = 5000; // the same code is not sent again so soon
  let stream = null;
  let last = { text: "", at: 0 };

  const say = (text) => (document.getElementById("kamera-kata").textContent = text);

  const stop = () => {
    stream?.getTracks().forEach((track) => track.stop());
    stream = null;
    document.getElementById("kamera")?.classList.add("hidden");
  };

  const found = (text) => {
    const now = Date.now();
    if (text === last.text && now - last.at < AGAIN) return;
    last = { text, at: now };
    const box = document.getElementById("code");
    write.call(box, text.slice(0, 500));
    box.dispatchEvent(new Event("input", { bubbles: true }));
    navigator.vibrate?.(60);
    document.getElementById("pindai").requestSubmit();
  };

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
