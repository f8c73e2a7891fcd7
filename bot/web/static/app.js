// The Mini App's only script: sends forms with Telegram's word for the reader, and shows what comes back.
"use strict";
(() => {
  const launch = new URLSearchParams(location.hash.slice(1));
  const initData = launch.get("tgWebAppData") || "";
  const app = document.getElementById("app");

  // Telegram's own script does this too; without it (a network that blocks it) the colours still fit.
  const paint = (colours) => {
    for (const [name, value] of Object.entries(colours || {})) {
      if (/^[a-z_]+$/.test(name) && /^#[0-9a-fA-F]{6}$/.test(value)) {
        document.documentElement.style.setProperty(`--tg-theme-${name.replaceAll("_", "-")}`, value);
      }
    }
  };
  try {
    paint(JSON.parse(launch.get("tgWebAppThemeParams") || "{}"));
  } catch {
    paint({});
  }

  const ask = async (address, fields) => {
    app.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, {
        method: "POST",
        body: new URLSearchParams(fields),
        headers: { Authorization: `tma ${initData}` },
      });
      app.innerHTML = await answer.text();
      document.documentElement.lang = app.querySelector("[lang]")?.lang || document.documentElement.lang;
      if (fields.length) scrollTo({ top: 0 });
    } finally {
      app.removeAttribute("aria-busy");
    }
  };

  app.addEventListener("submit", (event) => {
    event.preventDefault();
    const fields = [...new FormData(event.target)];
    if (event.submitter?.name) fields.push([event.submitter.name, event.submitter.value]);
    ask(event.target.getAttribute("action"), fields);
  });

  const greet = () => {
    globalThis.Telegram?.WebApp?.ready();
    globalThis.Telegram?.WebApp?.expand();
  };
  document.querySelector("script[async]")?.addEventListener("load", greet);
  greet();
  if (initData) ask("/app/form", []);
})();
