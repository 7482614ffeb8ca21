// Password and code pages: the checklist of kinds of character, and the countdown until a code can
// be requested again. What is typed is not sent anywhere for this.
(() => {
  const KINDS = {
    upper: /\p{Lu}/u,
    lower: /\p{Ll}/u,
    digit: /\p{Nd}/u,
    symbol: /[^\p{L}\p{N}\p{M}\s]/u,
  };

  const tick = (box) => {
    const list = document.getElementById(box.dataset.ticks);
    for (const item of list?.querySelectorAll("[data-kind]") ?? []) {
      item.dataset.met = KINDS[item.dataset.kind].test(box.value);
    }
    const long = list?.querySelector("[data-long]");
    if (long) long.dataset.met = [...box.value].length >= Number(long.dataset.long);
  };

  document.addEventListener("input", ({ target }) => {
    if (target.dataset?.ticks) tick(target);
  });

  // data-wait is "seconds/count of requests": any change restarts the countdown.
  const clocks = new Map();

  const follow = (button) => {
    const wait = button.dataset.wait;
    if (clocks.get(button)?.wait === wait) return;
    clearInterval(clocks.get(button)?.timer);
    const ends = performance.now() + 1000 * Number.parseInt(wait, 10);
    const show = () => {
      const left = Math.max(0, Math.ceil((ends - performance.now()) / 1000));
      const line = document.getElementById(button.getAttribute("aria-describedby"));
      button.disabled = left > 0;
      if (line) line.textContent = left ? `Kode baru dapat diminta dalam ${left} detik.` : "";
      if (!left) clearInterval(timer);
    };
    const timer = setInterval(show, 250);
    clocks.set(button, { wait, timer });
    show();
  };

  const update = () => {
    for (const [button, { timer }] of clocks) {
      if (button.isConnected) continue;
      clearInterval(timer);
      clocks.delete(button);
    }
    for (const button of document.querySelectorAll("[data-wait]")) follow(button);
    for (const box of document.querySelectorAll("[data-ticks]")) if (box.value) tick(box);
  };

  const changes = { childList: true, subtree: true, attributeFilter: ["data-wait"] };
  new MutationObserver(update).observe(document.documentElement, changes);
  update();
})();
