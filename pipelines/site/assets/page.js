"use strict";

/* The frame of every page: it waits for words and data, draws, and draws again when address or language change. */
(() => {
  const { h, t, load, remembered, remember } = duizhang;

  function theme() {
    const chosen = remembered("theme");
    if (chosen) {
      document.documentElement.dataset.theme = chosen;
    }
  }

  theme();

  function isDark() {
    const chosen = document.documentElement.dataset.theme;
    return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  }

  document.getElementById("theme").addEventListener("click", () => {
    remember("theme", isDark() ? "light" : "dark");
    document.documentElement.dataset.theme = isDark() ? "light" : "dark";
  });

  function failed(main, error) {
    main.replaceChildren(h("h1", {}, t("site.missing")), h("p", { class: "notice" }, t("site.missing_help", { what: error.message })));
    document.title = `${t("site.missing")} · ${t("site.name")}`;
  }

  /** What a page calls with its title and content. */
  duizhang.draw = (title, ...content) => {
    const main = document.getElementById("main");
    main.replaceChildren(h("h1", {}, title), ...content.flat(3).filter(Boolean));
    document.title = `${title} · ${t("site.name")}`;
  };

  /** Register what draws this page; it gets the data every page needs. */
  duizhang.page = async (render) => {
    const main = document.getElementById("main");

    async function run() {
      delete document.body.dataset.ready;
      try {
        const site = await load("site");
        await duizhang.wordsReady;
        duizhang.terms = site.terms;
        document.getElementById("stamp").textContent = t("site.stamp", { when: site.generated, version: site.version });
        await render(site);
      } catch (error) {
        await duizhang.wordsReady.catch(() => {});
        failed(main, error);
        console.error(error);
      }
      performance.mark("drawn");
      document.body.dataset.ready = "true";
    }

    addEventListener("hashchange", () => {
      if (location.hash !== "#main") {
        run().then(() => scrollTo(0, 0));
      }
    });
    document.addEventListener("languagechange", run);
    await run();
  };
})();
