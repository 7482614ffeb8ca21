// Behaviour of all pages: theme, dialogs, date fields, stored values, slow connections, focus.
// Listeners are on the document, so pages need no setup.
(() => {
  // The chosen theme, before the first paint; after that Reflex sets it.
  const chosen = localStorage.getItem("theme");
  const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  const colours = document.documentElement.classList;
  colours.add(/^(light|dark)$/.test(chosen) ? chosen : system);

  // For plain pages; Reflex stores the choice under the same name.
  const toggleTheme = (target) => {
    if (!target.closest("[data-toggles=theme]")) return;
    const now = colours.contains("dark") ? "light" : "dark";
    colours.remove("light", "dark");
    colours.add(now);
    localStorage.setItem("theme", now);
  };

  const write = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;

  const dialogs = (target) => {
    const opener = target.closest("[data-opens]");
    const dialog = opener && document.getElementById(opener.dataset.opens);
    dialog?.querySelector("form")?.reset(); // empty its fields
    dialog?.showModal();
    const closer = target.closest("[data-closes]");
    closer?.closest("dialog")?.close();
  };

  const reveal = (target) => {
    const button = target.closest("[data-reveals]");
    const box = button && document.getElementById(button.dataset.reveals);
    if (box) box.type = box.type === "password" ? "text" : "password";
  };

  // React hides the password when it renders the field again; the button must show that.
  new MutationObserver((changes) => {
    for (const { target } of changes) {
      const button = document.querySelector(`[data-reveals="${target.id}"]`);
      button?.setAttribute("aria-pressed", target.type === "text");
    }
  }).observe(document, { subtree: true, attributeFilter: ["type"] });

  const calendar = (target) => {
    const button = target.closest("[data-calendar]");
    if (!button) return;
    const box = document.getElementById(button.dataset.calendar);
    const [day, month, year] = box.value.split("/");
    const picker = document.querySelector(`[data-fills="${box.id}"]`);
    write.call(picker, year ? `${year}-${month}-${day}` : "");
    picker.showPicker?.();
  };

  const closeMenus = (target) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(target) || target.closest("a")) menu.open = false;
    }
  };

  // A choice is shown at once; when the server has answered, the server's value is shown.
  new MutationObserver((changes) => {
    const isAnswer = ({ target, attributeName }) =>
      attributeName || (target.closest ? target : target.parentNode)?.closest(".answers, [role=alert]");
    if (!changes.some(isAnswer)) return;
    for (const field of document.querySelectorAll("fieldset[data-answer]")) {
      for (const box of field.querySelectorAll("input")) {
        box.checked = box.value === field.dataset.answer;
      }
    }
  }).observe(document, {
    attributeFilter: ["data-answer"],
    childList: true,
    characterData: true,
    subtree: true,
  });

  // A field shows the stored value (data-stored) until somebody types into it: React reads a
  // default only once, so a page opened again would still show the former value.
  const shown = (box) => (box.type === "checkbox" ? (box.checked ? "on" : "") : box.value);
  const show = (box, value) => {
    if (box.type === "checkbox") box.checked = value === "on";
    else box.value = value;
  };
  const left = new WeakMap(); // value sent when the field lost focus; not answered yet
  const heard = new WeakMap(); // value that was answered; the server may have stored it in another spelling
  const forget = (box) => {
    for (const map of [left, heard]) map.delete(box);
  };
  // After a refusal or a busy server: what was not answered is sent once more.
  const forgetUnanswered = () => {
    for (const box of document.querySelectorAll("[data-leaves]")) {
      if (!heard.has(box)) left.delete(box);
    }
  };
  new MutationObserver((changes) => {
    for (const { target: box, attributeName, oldValue } of changes) {
      if (attributeName === "data-refusals") forgetUnanswered();
      else if (attributeName === "aria-invalid") {
        if (box.ariaInvalid === "true") forget(box); // refused
      } else if ([oldValue, heard.get(box)].includes(shown(box))) {
        show(box, box.dataset.stored);
        forget(box);
      } else if (shown(box) === left.get(box)) heard.set(box, shown(box));
    }
  }).observe(document, {
    attributeFilter: ["data-stored", "aria-invalid", "data-refusals"],
    attributeOldValue: true,
    subtree: true,
  });

  // A field that was not changed sends nothing: its value might be outdated.
  window.addEventListener(
    "focusout",
    (event) => {
      const box = event.target;
      if (!("leaves" in (box.dataset ?? {}))) return;
      const isSame = shown(box) === (left.get(box) ?? box.dataset.stored);
      if (isSame && box.ariaInvalid !== "true") event.stopPropagation();
      else left.set(box, shown(box));
    },
    true,
  );

  // A record form names its unchanged fields, as they may have been changed in another tab.
  document.addEventListener("formdata", ({ target, formData }) => {
    if (!("record" in target.dataset)) return;
    const isSame = (box) => [box.dataset.stored, heard.get(box)].includes(shown(box));
    const same = [...target.elements].filter((box) => "stored" in box.dataset && isSame(box));
    formData.append("untouched", same.map((box) => box.name).join(" "));
  });

  // Pressed twice, a form or button acts once: a second answer would deny what the first confirmed.
  // It may act again when something has changed on the page, or after a while.
  const REPEAT_DELAY = 10000; // milliseconds
  let unanswered = null;
  const refuseAgain = (event, pressed) => {
    if (!pressed || pressed !== unanswered) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  const actor = (target) => target.closest?.("main button[type=button], dialog button[type=button]");
  document.addEventListener("click", (event) => refuseAgain(event, actor(event.target)), true);
  // What was typed or scanned since then makes it another act.
  document.addEventListener("input", () => (unanswered = null), true);

  // A form submitted before the page is hydrated is delayed, instead of sent by the browser.
  const isHydrated = (form) => Object.keys(form).some((key) => key.startsWith("__reactProps"));
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      refuseAgain(event, form);
      if (form.getAttribute("action") || isHydrated(form)) return;
      event.preventDefault();
      const wait = setInterval(() => {
        if (!form.isConnected) clearInterval(wait);
        if (!isHydrated(form)) return;
        clearInterval(wait);
        form.requestSubmit(event.submitter);
      }, 100);
    },
    true,
  );

  // Forms submitted before this script ran (`EARLY_EVENTS` in ui/native.py) are submitted again.
  const early = window.earlySubmits ?? [];
  window.earlySubmits = null;
  for (const [form, submitter] of early) form.requestSubmit(submitter);

  // A search typed before the page is hydrated reaches no handler: it is typed again when it does.
  // React may have replaced the field by then.
  const searchLater = (early) => {
    if (early.type !== "search" || early.dataset.early) return;
    early.dataset.early = "true";
    const wait = setInterval(() => {
      const box = document.getElementById(early.id);
      const isReady = box && isHydrated(box) && !document.querySelector("[data-ready=false]");
      if (box && !isReady) return;
      clearInterval(wait);
      if (!box) return;
      const typed = early.value;
      box.value = ""; // so that React sees a change
      write.call(box, typed);
      box.dispatchEvent(new Event("input", { bubbles: true }));
    }, 100);
  };
  document.addEventListener("input", ({ target }) => isHydrated(target) || searchLater(target), true);
  window.earlyInputs?.forEach(searchLater); // typed before this script ran
  window.earlyInputs = null;

  const copy = (target) => {
    const button = target.closest("[data-copies]");
    if (!button) return;
    const box = document.getElementById(button.dataset.copies);
    box.select();
    navigator.clipboard?.writeText(box.value).then(
      () => (button.textContent = "Tersalin"),
      () => {},
    );
  };

  document.addEventListener("click", ({ target }) => {
    if (!(target instanceof Element)) return;
    copy(target);
    toggleTheme(target);
    dialogs(target);
    reveal(target);
    calendar(target);
    closeMenus(target);
  });

  document.addEventListener("keydown", ({ key }) => {
    const menu = key === "Escape" && document.querySelector("details.menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });

  // In the capture phase and with the native setter, so that React's handler sees the slashes.
  window.addEventListener(
    "input",
    ({ target, inputType }) => {
      if (!target.matches?.("[data-date]") || inputType?.startsWith("delete")) return;
      if (target.selectionStart !== target.value.length) return;
      const typed = target.value.replace(/[-. ]/g, "/").replace(/[^\d/]/g, "");
      const slashes = typed.split("/").length - 1;
      let [day, month = "", year = ""] = typed.split("/");
      [day, month] = [day.slice(0, 2), day.slice(2) + month];
      [month, year] = [month.slice(0, 2), month.slice(2) + year];
      const tail = (part, from) => (part || slashes >= from ? `/${part}` : "");
      write.call(target, day + tail(month, 1) + tail(year.slice(0, 4), 2));
    },
    true,
  );

  window.addEventListener(
    "change",
    ({ target }) => {
      const box = target.dataset?.fills && document.getElementById(target.dataset.fills);
      if (!box || !target.value) return;
      write.call(box, target.value.split("-").reverse().join("/"));
      box.dispatchEvent(new Event("input", { bubbles: true }));
      box.focus();
    },
    true,
  );

  // A checkbox that selects all others of its form, and follows them.
  window.addEventListener("change", ({ target }) => {
    const form = target.form;
    const all = form?.querySelector("[data-checks]");
    if (!all) return;
    const boxes = [...form.querySelectorAll(`input[name="${all.dataset.checks}"]`)];
    if (target === all) for (const box of boxes) box.checked = all.checked;
    else all.checked = boxes.every((box) => box.checked);
  });

  // A dangerous act needs the password: opens its dialog; the page keeps what was typed.
  new MutationObserver((changes) => {
    for (const { target } of changes) {
      if (target.dataset.asked > 0 && !target.open) target.showModal();
    }
  }).observe(document, { subtree: true, attributeFilter: ["data-asked"] });

  const confirmPassword = async (form, dialog) => {
    const body = new URLSearchParams(new FormData(form));
    const answer = await fetch(form.action, { method: "POST", body }).catch(() => null);
    const lost = "Sambungan terputus. Coba lagi.";
    form.querySelector("[role=alert]").textContent = answer?.ok ? "" : await (answer?.text() ?? lost);
    form.querySelector("input").setAttribute("aria-invalid", String(!answer?.ok));
    form.reset();
    if (answer?.ok) dialog.close();
    else form.querySelector("input").focus();
  };

  document.addEventListener("submit", (event) => {
    const dialog = event.target.closest("dialog[data-asked]");
    if (!dialog) return;
    event.preventDefault();
    confirmPassword(event.target, dialog);
  });

  // When an answer takes longer than `NOTICE_DELAY`, a notice says that the connection is slow.
  const NOTICE_DELAY = 800;
  const MAX_WAIT = 20000;
  const waiting = document.createElement("p");
  waiting.className = "waiting";
  waiting.setAttribute("aria-live", "polite");
  const clocks = [];
  const answered = () => {
    clocks.splice(0).forEach(clearTimeout);
    unanswered = null;
    if (waiting.textContent) waiting.textContent = "";
  };
  const sent = () => {
    answered();
    if (!waiting.isConnected) document.body.append(waiting);
    const tell = () => (waiting.textContent = "Menunggu jawaban kantor … Sambungan sedang lambat.");
    clocks.push(setTimeout(tell, NOTICE_DELAY), setTimeout(answered, MAX_WAIT));
  };
  const hold = (pressed) => {
    unanswered = pressed;
    clocks.push(setTimeout(() => (unanswered = null), REPEAT_DELAY));
  };
  // Buttons with data attributes act within the page; addresses of pages (not files) end in a slash.
  const isSent = (target) => {
    const { dataset } = actor(target) ?? {};
    if (dataset) return "wait" in dataset || dataset.closes === "acts" || !Object.keys(dataset).length;
    return target.closest("a:not([target])")?.pathname.endsWith("/");
  };
  document.addEventListener("click", ({ target }) => {
    if (!(target instanceof Element) || !isSent(target)) return;
    sent();
    hold(actor(target));
  });
  document.addEventListener("submit", ({ target }) => {
    if (target.dataset.part) return;
    sent();
    if (isHydrated(target)) hold(target);
  });
  document.addEventListener("change", ({ target }) => target.closest("[data-answer]") && sent());
  window.addEventListener("pageshow", answered);
  new MutationObserver((changes) => {
    const isOwn = ({ target, addedNodes }) =>
      target === waiting || addedNodes[0] === waiting || target.closest?.("[data-part], [id$=-wait]");
    if (!changes.every(isOwn)) answered();
  }).observe(document, {
    attributeFilter: ["data-refusals", "data-successes"],
    childList: true,
    characterData: true,
    subtree: true,
  });

  // After a reload in vain Reflex says in English that the page is of another version: translate.
  new MutationObserver(() => {
    const banner = document.getElementById("reflex-new-version-banner");
    if (!banner || banner.lang) return;
    banner.lang = "id";
    banner.firstChild.data = "Aplikasi ini sudah diperbarui. Yang sudah tersimpan tidak hilang.";
    banner.lastChild.textContent = "Muat ulang";
  }).observe(document.body, { childList: true });

  // The service worker shows a page of its own when there is no connection; see sw.js.
  if (isSecureContext) navigator.serviceWorker?.register("/sw.js").catch(() => {});

  // After navigation within the app: focus the heading, so that screen readers announce the page.
  let page = location.pathname;
  let heading = document.querySelector("main h1");
  new MutationObserver(() => {
    const now = document.querySelector("main h1");
    if (page === location.pathname) heading = now;
    if (!now || now === heading) return;
    [page, heading] = [location.pathname, now];
    now.setAttribute("tabindex", "-1");
    now.focus({ preventScroll: true });
  }).observe(document, { childList: true, subtree: true });
})();
