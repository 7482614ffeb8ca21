// Profile pages: the cropping of a photo before its upload, and links that focus a missing field.
// Listeners are on the document, so pages need no setup.
(() => {
  const RATIO = 3 / 4;
  const WIDTH = 900; // width in pixels of the photo that is sent

  // -- the photo ------------------------------------------------------------------------------
  const dialog = () => document.getElementById("crop");
  const part = (name) => dialog().querySelector(`[data-crop="${name}"]`);
  const photoField = (target) => dialog() && target.closest?.('[data-paper="photo"]');
  let chosen = null; // { field, file, picture }
  let isPassing = false;

  // The crop frame: the largest portrait frame in the picture, reduced by the zoom, moved by sliders.
  const frame = () => {
    const { width, height } = chosen.picture;
    const zoom = Number(part("zoom").value) / 100;
    const wide = Math.min(width, height * RATIO) / zoom;
    const high = wide / RATIO;
    const offset = (name, room) => (room * (1 + Number(part(name).value) / 100)) / 2;
    return { x: offset("across", width - wide), y: offset("down", height - high), wide, high };
  };

  const draw = (canvas) => {
    const { x, y, wide, high } = frame();
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(chosen.picture, x, y, wide, high, 0, 0, canvas.width, canvas.height);
  };

  const show = () => {
    const canvas = part("picture");
    draw(canvas);
    const pen = canvas.getContext("2d");
    pen.lineWidth = 3;
    for (const [colour, dash] of [
      ["#fff", []],
      ["#093f3e", [10, 8]],
    ]) {
      pen.strokeStyle = colour;
      pen.setLineDash(dash);
      pen.beginPath();
      pen.ellipse(canvas.width / 2, canvas.height * 0.43, 105, 140, 0, 0, 2 * Math.PI);
      pen.stroke();
    }
  };

  // Passes the file to upload.js, which listens for a change of the field.
  const pass = (file) => {
    const { field } = chosen;
    forget();
    const box = field.querySelector("input[type=file]");
    const files = new DataTransfer();
    files.items.add(file);
    box.files = files.files;
    isPassing = true;
    box.dispatchEvent(new Event("change", { bubbles: true }));
    isPassing = false;
  };

  const forget = () => {
    chosen?.picture?.close();
    chosen = null;
    if (dialog()?.open) dialog().close();
  };

  const begin = async (field, file) => {
    forget();
    chosen = { field, file };
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => null);
    if (chosen?.file !== file) return picture?.close();
    chosen.picture = picture;
    if (!picture) return pass(file); // the browser cannot read it: the server will refuse it
    for (const [name, first] of [
      ["zoom", 100],
      ["across", 0],
      ["down", 0],
    ])
      part(name).value = first;
    dialog().showModal();
    show();
  };

  const cut = async () => {
    const canvas = Object.assign(document.createElement("canvas"), {
      width: WIDTH,
      height: WIDTH / RATIO,
    });
    draw(canvas);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.9));
    const name = chosen.file.name.replace(/\.[^.]*$/, "") || "foto";
    pass(blob ? new File([blob], `${name}.jpg`, { type: "image/jpeg" }) : chosen.file);
  };

  const intercept = (event, file) => {
    const field = photoField(event.target);
    if (!field || isPassing || !file?.type.startsWith("image/")) return;
    event.stopImmediatePropagation();
    event.preventDefault();
    begin(field, file);
  };

  window.addEventListener(
    "change",
    (event) => {
      const { target } = event;
      if (target.type !== "file" || !photoField(target) || isPassing) return;
      const [file] = target.files;
      intercept(event, file);
      if (chosen?.file !== file) return;
      target.value = ""; // the same file may be chosen again
      target.removeAttribute("capture");
    },
    true,
  );
  window.addEventListener("drop", (event) => intercept(event, event.dataTransfer?.files[0]), true);

  document.addEventListener("input", ({ target }) => {
    if (chosen?.picture && target.closest?.("#crop")) show();
  });

  document.addEventListener("click", ({ target }) => {
    const pressed = target.closest?.("#crop [data-crop]")?.dataset.crop;
    if (!chosen?.picture) return;
    if (pressed === "cut") cut();
    if (pressed === "whole") pass(chosen.file);
  });

  // "close" does not bubble; Esc and "Batal" both end here.
  document.addEventListener("close", ({ target }) => target.id === "crop" && forget(), true);

  // Dragging moves the picture under its frame.
  let held = null;
  document.addEventListener("pointerdown", (event) => {
    if (!chosen?.picture || event.target.dataset.crop !== "picture") return;
    held = { x: event.clientX, y: event.clientY };
    event.target.setPointerCapture(event.pointerId);
  });
  document.addEventListener("pointermove", (event) => {
    if (!held || !chosen?.picture) return;
    const { wide, high } = frame();
    const box = part("picture").getBoundingClientRect();
    const move = (name, by, size, room) => {
      const slider = part(name);
      if (room > 0) slider.value = Number(slider.value) - (200 * by * size) / room;
    };
    move("across", (event.clientX - held.x) / box.width, wide, chosen.picture.width - wide);
    move("down", (event.clientY - held.y) / box.height, high, chosen.picture.height - high);
    held = { x: event.clientX, y: event.clientY };
    show();
  });
  for (const kind of ["pointerup", "pointercancel"]) {
    document.addEventListener(kind, () => (held = null));
  }

  // -- a link to one field --------------------------------------------------------------------
  // The field is rendered with the data of the page, after the browser has looked for the fragment.
  let reached = "";
  new MutationObserver(() => {
    const { pathname, hash } = location;
    if (!hash || !pathname.startsWith("/profil/")) {
      reached = "";
      return;
    }
    if (reached === pathname + hash) return;
    const box = document.getElementById(decodeURIComponent(hash.slice(1)));
    if (!box) return;
    reached = pathname + hash;
    requestAnimationFrame(() => {
      box.focus({ preventScroll: true });
      box.scrollIntoView({ block: "center" });
    });
  }).observe(document, { childList: true, subtree: true });
})();
