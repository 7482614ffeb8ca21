// Officers' pages: the paper viewer of a case, its keys, and the scroll position of the list.
// One listener each on the document; elements are found by data attributes and ids.
(() => {
  const ZOOM_STEP = 1.25;
  const MAX_ZOOM = 8;
  const find = (id) => document.getElementById(id);
  const sheets = () => [...document.querySelectorAll("[data-sheet]")];
  let zoom = 1;
  let quarters = 0;

  // ---- the picture: fitted to its box, then zoomed and turned
  const layOut = () => {
    const [picture, frame, box] = ["gambar", "bingkai", "kotak"].map((part) => find(`berkas-${part}`));
    if (!picture?.naturalWidth) return;
    const isTurned = quarters % 2 === 1;
    const [wide, high] = isTurned
      ? [picture.naturalHeight, picture.naturalWidth]
      : [picture.naturalWidth, picture.naturalHeight];
    const scale = Math.min((box.clientWidth - 2) / wide, (box.clientHeight - 2) / high) * zoom;
    Object.assign(frame.style, { width: `${wide * scale}px`, height: `${high * scale}px` });
    Object.assign(picture.style, {
      position: "absolute",
      left: "50%",
      top: "50%",
      maxWidth: "none",
      width: `${picture.naturalWidth * scale}px`,
      height: `${picture.naturalHeight * scale}px`,
      transform: `translate(-50%, -50%) rotate(${quarters * 90}deg)`,
    });
  };

  const magnify = (factor) => {
    const box = find("berkas-kotak");
    const before = zoom;
    zoom = Math.min(MAX_ZOOM, Math.max(1, zoom * factor));
    const [x, y] = [box.scrollLeft + box.clientWidth / 2, box.scrollTop + box.clientHeight / 2];
    layOut();
    const grown = zoom / before;
    box.scrollTo(x * grown - box.clientWidth / 2, y * grown - box.clientHeight / 2);
  };

  const show = (button) => {
    const picture = find("berkas-gambar");
    if (!button || !picture) return;
    [zoom, quarters] = [1, 0];
    picture.src = button.dataset.sheet;
    picture.alt = button.dataset.label;
    find("berkas-nama").textContent = button.dataset.label;
    mark();
    button.scrollIntoView({ block: "nearest", inline: "nearest" });
  };

  // The live page may draw the thumbnails again: mark the one whose picture is shown as pressed.
  const mark = () => {
    const shown = find("berkas-gambar")?.getAttribute("src");
    for (const button of sheets()) {
      const isShown = `${button.dataset.sheet === shown}`;
      if (button.getAttribute("aria-pressed") !== isShown) button.setAttribute("aria-pressed", isShown);
    }
  };

  const beside = (by) => {
    const all = sheets();
    const at = all.findIndex((button) => button.getAttribute("aria-pressed") === "true");
    return all[(at + by + all.length) % all.length];
  };
  const step = (by) => show(beside(by));

  // Fetches the next paper while the officer reads this one.
  const prefetched = new Image();

  const acts = {
    previous: () => step(-1),
    next: () => step(1),
    larger: () => magnify(ZOOM_STEP),
    smaller: () => magnify(1 / ZOOM_STEP),
    turn: () => {
      quarters = (quarters + 1) % 4;
      layOut();
    },
    reset: () => {
      [zoom, quarters] = [1, 0];
      layOut();
    },
    approve: () => document.querySelector('[data-opens="setujui"]')?.click(),
    refuse: () => {
      const note = find("note");
      if (note?.value.trim()) find("tolak").click();
      else note?.focus();
    },
  };

  document.addEventListener("click", ({ target }) => {
    if (!(target instanceof Element)) return;
    const thumbnail = target.closest("[data-sheet]");
    if (thumbnail) show(thumbnail);
    const tool = target.closest("[data-viewer]");
    if (tool) acts[tool.dataset.viewer]?.();
    const opened = target.closest("[data-case]");
    if (opened) remember(opened.dataset.case);
  });

  // `load` does not bubble, so it is caught in the capture phase.
  document.addEventListener(
    "load",
    ({ target }) => {
      if (target.id !== "berkas-gambar") return;
      layOut();
      mark();
      const next = beside(1);
      if (next) prefetched.src = next.dataset.sheet;
    },
    true,
  );
  addEventListener("resize", layOut);

  // ---- dragging the zoomed picture
  document.addEventListener("pointerdown", (event) => {
    const box = event.target.closest?.("#berkas-kotak");
    if (!box || event.pointerType !== "mouse" || event.button !== 0) return;
    event.preventDefault();
    box.focus({ preventScroll: true });
    const drag = ({ movementX, movementY }) => box.scrollBy(-movementX, -movementY);
    document.addEventListener("pointermove", drag);
    document.addEventListener("pointerup", () => document.removeEventListener("pointermove", drag), { once: true });
  });

  // ---- keys: those of the page's own table (`ui/keys.py`), each with the name of its act; never
  // while somebody types or a dialog is open
  const actOf = (key = "") =>
    JSON.parse(document.querySelector("[data-keys]")?.dataset.keys ?? "{}")[key.length === 1 ? key.toLowerCase() : key];
  const KEYS_OFF = "desk-keys-off";
  const TYPING = "input:not([type=checkbox]), select, textarea, [contenteditable]";

  const isForKeys = (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return false;
    if (document.querySelector("dialog[open]")) return false;
    const scrolls = event.key.startsWith("Arrow") && zoom > 1 && event.target.id === "berkas-kotak";
    return !scrolls && !event.target.closest?.(TYPING) && localStorage.getItem(KEYS_OFF) === null;
  };

  document.addEventListener("keydown", (event) => {
    // Enter in a field must not submit the form past its confirmation.
    if (event.key === "Enter" && event.target.matches?.("#form-setujui input")) event.preventDefault();
    const act = acts[actOf(event.key)];
    if (!act || !isForKeys(event)) return;
    event.preventDefault();
    act();
  });

  document.addEventListener("change", ({ target }) => {
    if (target.id !== "desk-keys") return;
    if (target.checked) localStorage.removeItem(KEYS_OFF);
    else localStorage.setItem(KEYS_OFF, "1");
  });

  // ---- coming back to the list: scroll to the case that was opened last
  const STORAGE_KEY = "desk-place";
  const isList = () => location.pathname.replace(/\/$/, "") === "/admin/pengajuan";

  const remember = (id) => {
    if (isList()) sessionStorage.setItem(STORAGE_KEY, JSON.stringify({ id, query: location.search }));
  };

  const scrollToRemembered = () => {
    const stored = isList() && JSON.parse(sessionStorage.getItem(STORAGE_KEY) ?? "null");
    const row = stored && stored.query === location.search && find(`baris-${stored.id}`);
    if (!row) return;
    sessionStorage.removeItem(STORAGE_KEY);
    row.scrollIntoView({ block: "center" });
    row.querySelector("[data-case]")?.focus({ preventScroll: true });
  };

  new MutationObserver(() => {
    const box = find("desk-keys");
    if (box && !box.dataset.known) {
      box.dataset.known = "1";
      box.checked = localStorage.getItem(KEYS_OFF) === null;
    }
    if (find("berkas-gambar")) mark();
    scrollToRemembered();
  }).observe(document, { childList: true, subtree: true });
})();
