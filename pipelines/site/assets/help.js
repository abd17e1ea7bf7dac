"use strict";

/* The page of explanations stands in the template; only its title follows the language. */
duizhang.page(() => {
  document.title = `${duizhang.t("nav.help")} · ${duizhang.t("site.name")}`;
});
