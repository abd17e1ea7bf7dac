"use strict";

/* The picture of a page with numbered boxes around the figures, first the part that matters, then the whole page. */
(() => {
  const { h, s, t } = duizhang;
  const MARGIN = 60, PAD = 2, ROOM = 900;

  /** The part of the page that holds all boxes: whole lines where there is room, else what is around them. */
  function part(boxes, width, height) {
    if (innerWidth >= ROOM) {
      const above = Math.max(0, Math.min(...boxes.map((box) => box[1])) - MARGIN);
      const below = Math.min(height, Math.max(...boxes.map((box) => box[3])) + MARGIN);
      return [0, above, width, below - above];
    }
    const left = Math.max(0, Math.min(...boxes.map((box) => box[0])) - MARGIN * 2);
    const top = Math.max(0, Math.min(...boxes.map((box) => box[1])) - MARGIN);
    const right = Math.min(width, Math.max(...boxes.map((box) => box[2])) + MARGIN * 2);
    const bottom = Math.min(height, Math.max(...boxes.map((box) => box[3])) + MARGIN);
    const wide = Math.max(right - left, width * 0.45); // never larger than a reader's glass would make it
    const from = Math.min(left, width - wide);
    return [Math.max(0, from), top, wide, Math.max(bottom - top, wide * 0.25)];
  }

  function box(fact) {
    const [x0, y0, x1, y1] = fact.box;
    const label = String(fact.number);
    return s("g", { class: `mark-box ${fact.side}` },
      s("title", {}, `${label}: ${fact.printed || ""}`),
      s("rect", { x: x0 - PAD, y: y0 - PAD, width: x1 - x0 + 2 * PAD, height: y1 - y0 + 2 * PAD }),
      s("rect", { class: "flag", x: x0 - PAD, y: y0 - PAD - 11, width: 6 + 6 * label.length, height: 11 }),
      s("text", { x: x0 - PAD + 3, y: y0 - PAD - 2.5 }, label));
  }

  /** One page: `facts` are those that stand on it. */
  duizhang.pagePicture = (key, page, [width, height], facts) => {
    const boxed = facts.filter((fact) => fact.box);
    const close = boxed.length ? part(boxed.map((fact) => fact.box), width, height) : [0, 0, width, height];
    const numbers = boxed.map((fact) => `${fact.number}: ${fact.printed || ""}`).join("; ");
    const picture = s("svg", { viewBox: close.join(" "), role: "img", class: "page-picture", "aria-label": t("picture.label", { page, numbers }) },
      s("image", { href: `pages/${key}-${page}.webp`, x: 0, y: 0, width, height, preserveAspectRatio: "none" }),
      boxed.map(box));
    let isWhole = !boxed.length;
    const toggle = boxed.length ? h("button", { type: "button", class: "no-print", onclick: () => {
      isWhole = !isWhole;
      picture.setAttribute("viewBox", isWhole ? `0 0 ${width} ${height}` : close.join(" "));
      toggle.textContent = t(isWhole ? "picture.part" : "picture.whole");
    } }, t("picture.whole")) : "";
    const lost = facts.filter((fact) => !fact.box);
    return h("figure", {},
      h("figcaption", {}, t("place.page", { page }), " ", toggle),
      h("div", { class: "frame" }, picture),
      lost.length ? h("p", { class: "faint" }, t("picture.not_found", { figures: lost.map((fact) => `${fact.number}: ${fact.printed || ""}`).join("; ") })) : "");
  };
})();
