"use strict";

/* The words of the site in the chosen language; data/words.js brings them in both. */
(() => {
  const { load, remembered, remember } = duizhang;
  let words = {};
  let language = remembered("language") === "en" ? "en" : "zh";

  function show() {
    document.documentElement.lang = language === "en" ? "en" : "zh-CN";
    const button = document.getElementById("language");
    button.textContent = language === "en" ? "中文" : "English";
    button.lang = language === "en" ? "zh-CN" : "en";
  }

  show(); // before anything is drawn

  /** A word of the site, with {names} replaced. */
  duizhang.t = (key, values) => {
    const word = words[key] ? words[key][language === "en" ? 1 : 0] : key;
    return word.replace(/\{(\w+)\}/g, (whole, name) => (values && name in values ? String(values[name]) : whole));
  };

  /** A word if there is one, else the key's own last part: vocabularies of the data may grow. */
  duizhang.name = (group, key) => {
    if (key === null || key === undefined || key === "") {
      return duizhang.t("value.unknown");
    }
    return words[`${group}.${key}`] ? duizhang.t(`${group}.${key}`) : String(key);
  };

  /** The one of two texts that is in the chosen language; the other where it is missing. */
  duizhang.pick = (chinese, english) => (language === "en" ? english || chinese : chinese || english) || "";

  duizhang.language = () => language;

  duizhang.wordsReady = load("words").then((loaded) => {
    words = loaded;
  });

  document.getElementById("language").addEventListener("click", () => {
    language = language === "en" ? "zh" : "en";
    remember("language", language);
    show();
    document.dispatchEvent(new Event("languagechange"));
  });
})();
