"use strict";

/* What people said of a finding, and, where the site is served on this machine, the form to say it. */
(() => {
  const { h, t, name, load, section } = duizhang;

  function said(review) {
    const until = review.until || review.expires_on;
    return h("p", {}, duizhang.badge("review", name("review", review.verdict)), " ", review.reason || "", h("span", { class: "faint" },
      ` ${review.reviewer} ${review.on || review.reviewed_on}${until ? ` ${t("review.until", { day: until })}` : ""}`));
  }

  function field(key, control) {
    return h("label", {}, h("span", {}, t(`review.${key}`)), control);
  }

  function form(id, token) {
    const until = h("input", { type: "date", name: "expires_on" });
    const reason = h("textarea", { name: "reason", rows: 3 });
    const verdict = h("select", { name: "verdict", onchange: follow }, ["accepted", "disputed", "waived"].map((each) => h("option", { value: each }, t(`review.${each}_long`))));
    function follow() {
      until.disabled = verdict.value !== "waived";
      until.required = verdict.value === "waived";
      reason.required = verdict.value !== "accepted";
    }
    follow();
    return h("form", { method: "post", action: "/review", class: "review-form", accept_charset: "utf-8" },
      h("input", { type: "hidden", name: "token", value: token }), h("input", { type: "hidden", name: "finding_id", value: id }),
      field("verdict", verdict), field("reason", reason), field("until_label", until), field("reviewer", h("input", { type: "text", name: "reviewer", required: true, autocomplete: "name" })),
      h("div", {}, h("button", { type: "submit" }, t("review.save"))));
  }

  /** The section of a finding's page, or nothing where there is nothing to say and no way to say it. */
  duizhang.reviewSection = async (id, detail) => {
    const token = document.querySelector('meta[name="review-token"]').content;
    const later = (await load("reviews"))[id];
    const known = later || detail.review;
    if (!token && !known) {
      return "";
    }
    return section(t("facet.review"), known ? said(known) : "", later && !detail.review ? h("p", { class: "faint" }, t("review.next_load")) : "", token ? form(id, token) : "");
  };
})();
