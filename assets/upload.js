// Upload field: shrinks pictures, sends files to /berkas/<kind>, submits the form with the tickets.
// Listeners are on the document, so they survive rendering; ui/upload.py renders the field.
(() => {
  const MB = 1024 * 1024;
  const MAX_PICTURE = 25 * MB;
  const SHRINK_FROM = 0.5 * MB;
  const MAX_SIDE = 2000;
  const MAX_FILES = 10;
  const MIN_SPEED = 8; // bytes a millisecond; see tests/test_figures.py
  const running = new WeakMap();

  const megabytes = (size) => `${(Math.ceil((size / MB) * 10) / 10).toString().replace(".", ",")} MB`;
  const part = (field, name) => field.querySelector(`[data-part="${name}"]`);
  const chooserOf = (field) => field.querySelector("input[type=file]");
  const refusalOf = (field) => document.getElementById(`${field.dataset.paper}-error`);
  class Trouble extends Error {}

  const show = (field, status, { busy = false, trouble = "", percent } = {}) => {
    part(field, "status").textContent = status;
    part(field, "trouble").textContent = trouble;
    part(field, "sending").hidden = !busy;
    const bar = part(field, "bar");
    if (percent === undefined) bar.removeAttribute("value");
    else bar.value = percent;
    refusalOf(field).hidden = busy || trouble !== "";
    if (trouble) chooserOf(field).focus();
  };

  const draw = async (file) => {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, MAX_SIDE / Math.max(picture.width, picture.height));
    const [width, height] = [picture.width, picture.height].map((n) => Math.ceil(n * scale));
    const canvas = Object.assign(document.createElement("canvas"), { width, height });
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, width, height);
    pen.drawImage(picture, 0, 0, width, height);
    picture.close();
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.75));
    return { blob, scale };
  };

  // PDFs are sent as they are, and pictures the browser can't read: the server will refuse those.
  const prepared = async (file) => {
    const extension = { "image/jpeg": ".jpg", "image/png": ".png", "application/pdf": ".pdf" };
    const own = /\.\w{2,5}$/.test(file.name) ? file.name : file.name + (extension[file.type] ?? "");
    if (!file.type.startsWith("image/")) return { blob: file, name: own };
    if (file.size > MAX_PICTURE) {
      throw new Trouble(
        `Gambar ini ${megabytes(file.size)}, batasnya ${megabytes(MAX_PICTURE)}. ` +
          "Foto ulang dengan resolusi lebih rendah.",
      );
    }
    const known = file.type === "image/jpeg" || file.type === "image/png";
    const drawn = await draw(file).catch(() => null);
    const isGood = known && file.size <= SHRINK_FROM && drawn?.scale === 1;
    if (!drawn?.blob || isGood || (known && drawn.blob.size >= file.size)) {
      return { blob: file, name: own };
    }
    return { blob: drawn.blob, name: `${own.replace(/\.[^.]*$/, "") || "foto"}.jpg` };
  };

  const checkSize = ({ blob }, limit) => {
    if (blob.size <= limit) return;
    throw new Trouble(
      `Berkas ini ${megabytes(blob.size)}, batasnya ${megabytes(limit)}, jadi tidak dikirim. ` +
        "Perkecil PDF-nya atau foto ulang dengan ukuran lebih kecil, lalu pilih lagi.",
    );
  };

  const failure = (request) => {
    if (request.response?.error) return request.response.error;
    return request.status === 401
      ? "Sesi Anda sudah berakhir. Muat ulang halaman, login, lalu pilih berkas itu lagi."
      : "Berkas tidak sampai. Periksa sambungan internet, lalu pilih berkas itu lagi.";
  };

  const send = (field, job, { blob, name }, onProgress) =>
    new Promise((done, fail) => {
      const request = new XMLHttpRequest();
      job.request = request;
      const lost = () => fail(new Trouble(failure(request)));
      request.open("POST", `/berkas/${field.dataset.paper}`);
      request.setRequestHeader("X-File-Name", encodeURIComponent([...name].slice(-100).join("")));
      request.setRequestHeader("Content-Type", "application/octet-stream");
      request.responseType = "json";
      request.timeout = 90000 + blob.size / MIN_SPEED;
      request.upload.onprogress = ({ loaded, total }) => onProgress(loaded / total);
      request.onload = () => (request.response?.ticket ? done(request.response.ticket) : lost());
      request.onerror = request.ontimeout = lost;
      request.send(blob);
    });

  const handOver = (field, job, tickets) => {
    show(field, "Memeriksa berkas …", { busy: true });
    part(field, "cancel").hidden = true;
    part(field, "tickets").value = tickets.join(" ");
    watch(field, job);
    part(field, "form").requestSubmit(); // ui.js delays it until the page is hydrated
  };

  // Waits for the answer: another stored file, a refusal, or the focus that a refusal sets.
  const watch = (field, job) => {
    const finish = () => {
      clearTimeout(timer);
      watcher.disconnect();
      field.removeEventListener("focusin", finish);
      if (running.get(field) === job) show(field, "");
    };
    const watcher = new MutationObserver(finish);
    const timer = setTimeout(finish, 45000);
    watcher.observe(field, { attributeFilter: ["data-stored"] });
    watcher.observe(refusalOf(field), { childList: true, characterData: true, subtree: true });
    field.addEventListener("focusin", finish);
  };

  const start = async (field, chosen) => {
    stop(field);
    const job = { cancelled: false };
    running.set(field, job);
    part(field, "cancel").hidden = false;
    try {
      if (chosen.length > MAX_FILES) {
        throw new Trouble(`Anda memilih ${chosen.length} berkas, batasnya ${MAX_FILES} sekali kirim.`);
      }
      show(field, "Menyiapkan berkas …", { busy: true });
      const files = [];
      for (const file of chosen) files.push(await prepared(file));
      for (const file of files) checkSize(file, Number(field.dataset.limit));
      const tickets = [];
      for (const [index, file] of files.entries()) {
        if (job.cancelled) return;
        const onProgress = (fraction) => {
          const percent = Math.round((100 * (index + fraction)) / files.length);
          if (!job.cancelled) show(field, `Mengirim … ${percent}%`, { busy: true, percent });
        };
        tickets.push(await send(field, job, file, onProgress));
      }
      if (!job.cancelled) handOver(field, job, tickets);
    } catch (error) {
      if (job.cancelled) return;
      show(field, "", { trouble: error instanceof Trouble ? error.message : failure({}) });
    }
  };

  const stop = (field) => {
    const job = running.get(field);
    if (job) job.cancelled = true;
    job?.request?.abort();
    running.delete(field);
  };

  const fieldOf = ({ target }) => target.closest?.("[data-paper]");

  document.addEventListener("change", (event) => {
    const field = fieldOf(event);
    if (!field || event.target !== chooserOf(field)) return;
    const files = [...event.target.files];
    event.target.value = ""; // the same file may be chosen again
    event.target.removeAttribute("capture");
    if (files.length) start(field, files);
  });

  document.addEventListener("click", (event) => {
    const pressed = event.target.closest?.("[data-part]");
    const field = pressed && fieldOf(event);
    if (!field) return;
    if (pressed.dataset.part === "cancel") {
      stop(field);
      show(field, "Pengiriman dibatalkan.");
      chooserOf(field).focus();
    }
    if (pressed.dataset.part === "camera") {
      chooserOf(field).setAttribute("capture", pressed.dataset.side);
      chooserOf(field).click();
      setTimeout(() => chooserOf(field).removeAttribute("capture"), 2000);
    }
  });

  for (const kind of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(kind, (event) => {
      const field = fieldOf(event);
      if (!field) return;
      event.preventDefault();
      part(field, "zone").toggleAttribute("data-over", kind === "dragover");
      const files = kind === "drop" ? [...event.dataTransfer.files] : [];
      if (files.length) start(field, chooserOf(field).multiple ? files : files.slice(0, 1));
    });
  }
})();
