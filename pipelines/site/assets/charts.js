"use strict";

/* Small charts as SVG, each beside the numbers it shows, so that nobody depends on seeing it. They print. */
(() => {
  const { h, s } = duizhang;

  function bar(parts, most) {
    let at = 0;
    const width = 200;
    const rects = parts.map(({ value, kind }) => {
      const length = most ? (width * value) / most : 0;
      const rect = s("rect", { x: at, y: 0, width: length, height: 14, class: `fill-${kind}` });
      at += length;
      return rect;
    });
    return s("svg", { viewBox: `0 0 ${width} 14`, class: "bar", "aria-hidden": "true", preserveAspectRatio: "none" }, ...rects);
  }

  /** A table with a bar in each row: rows of {label, href, parts: [{value, kind}], text}. */
  duizhang.bars = (caption, heads, rows) => {
    const most = Math.max(1, ...rows.map(({ parts }) => parts.reduce((sum, { value }) => sum + value, 0)));
    return h("table", { class: "bars" },
      h("caption", {}, caption),
      h("thead", { class: "hidden" }, h("tr", {}, heads.map((head) => h("th", { scope: "col" }, head)))),
      h("tbody", {}, rows.map(({ label, href, parts, text }) => h("tr", {},
        h("th", { scope: "row" }, href ? h("a", { href }, label) : label),
        h("td", { class: "bar-cell" }, bar(parts, most)),
        h("td", { class: "number" }, text)))));
  };

  /** A line over points of {label, value}; values are shown at the ends and in the table below. */
  duizhang.line = (title, points, shown) => {
    const width = 640, height = 150, left = 8, right = 8, top = 22, bottom = 24;
    const values = points.map(({ value }) => value);
    const low = Math.min(0, ...values), high = Math.max(...values, low + 1);
    const x = (index) => left + ((width - left - right) * (points.length === 1 ? 0.5 : index / (points.length - 1)));
    const y = (value) => top + (height - top - bottom) * (1 - (value - low) / (high - low));
    const path = points.map(({ value }, index) => `${index ? "L" : "M"}${x(index).toFixed(1)},${y(value).toFixed(1)}`).join("");
    const ends = [...new Set([0, points.length - 1])];
    return s("svg", { viewBox: `0 0 ${width} ${height}`, class: "line", role: "img", "aria-label": title },
      s("line", { x1: left, x2: width - right, y1: y(low), y2: y(low), class: "axis" }),
      s("path", { d: path, class: "curve" }),
      points.map(({ value }, index) => s("circle", { cx: x(index), cy: y(value), r: 3, class: "dot" },
        s("title", {}, `${points[index].label}: ${shown(value)}`))),
      ends.map((index) => [
        s("text", { x: x(index), y: y(points[index].value) - 8, class: "mark", "text-anchor": index ? "end" : points.length === 1 ? "middle" : "start" }, shown(points[index].value)),
        s("text", { x: x(index), y: height - 6, class: "mark faint", "text-anchor": index ? "end" : points.length === 1 ? "middle" : "start" }, points[index].label),
      ]));
  };
})();
