"use strict";

/* The current view as a CSV file that Excel and LibreOffice open: UTF-8 with a mark, lines ending as they do there. */
(() => {
  const { h } = duizhang;
  const NUMBER = /^-?\d+(\.\d+)?$/;

  /** Text that a spreadsheet would take for a formula gets an apostrophe in front; numbers stay numbers. */
  function harmless(value) {
    const text = value === null || value === undefined ? "" : String(value);
    return /^[=+\-@\t\r\n]/.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  }

  function field(value) {
    const text = harmless(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  }

  duizhang.csv = (heads, rows) => `\ufeff${[heads, ...rows].map((row) => row.map(field).join(",")).join("\r\n")}\r\n`;

  /** Hand a file to whoever looks at the page. */
  duizhang.save = (name, type, parts) => {
    const url = URL.createObjectURL(new Blob(parts, { type }));
    const link = h("a", { href: url, download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
  };
})();
