"use strict";

/* The current view as an XLSX workbook: a ZIP of five small XML files, stored without compression. Text cells are text
   by type, so nothing in them is ever a formula; numbers that a spreadsheet holds exactly are numbers. */
(() => {
  const encoder = new TextEncoder();
  const NUMBER = /^-?\d{1,15}(\.\d+)?$/;
  const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
  const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  const DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
  const TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml";

  const TABLE = Uint32Array.from({ length: 256 }, (_, number) => {
    let value = number;
    for (let bit = 0; bit < 8; bit += 1) {
      value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
    }
    return value;
  });

  function checksum(bytes) {
    let value = 0xffffffff;
    for (const byte of bytes) {
      value = TABLE[(value ^ byte) & 0xff] ^ (value >>> 8);
    }
    return (value ^ 0xffffffff) >>> 0;
  }

  function escaped(text) {
    // characters that XML cannot hold at all are left out
    return text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "")
      .replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
  }

  function cell(value, style) {
    if (value === null || value === undefined || value === "") {
      return "<c/>";
    }
    const text = String(value);
    const isExact = NUMBER.test(text) && text.replace(/[-.]/g, "").length <= 15;
    return isExact ? `<c s="1"><v>${text}</v></c>`
      : `<c t="inlineStr" s="${style}"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;
  }

  function sheet(heads, rows) {
    const line = (values, style) => `<row>${values.map((value) => cell(value, style)).join("")}</row>`;
    const widths = heads.map((_, index) => `<col min="${index + 1}" max="${index + 1}" width="20" customWidth="1"/>`).join("");
    const last = `${String.fromCharCode(64 + heads.length)}${rows.length + 1}`;
    return `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`
      + `<cols>${widths}</cols><sheetData>${line(heads, 2)}${rows.map((row) => line(row, 0)).join("")}</sheetData><autoFilter ref="A1:${last}"/></worksheet>`;
  }

  const STYLES = `${HEAD}<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>`
    + '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>'
    + '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf xfId="0"/><xf xfId="0" numFmtId="4" applyNumberFormat="1"/><xf xfId="0" fontId="1" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>';

  function files(title, heads, rows) {
    const name = escaped(title.replace(/[\\/?*[\]:]/g, " ").slice(0, 31));
    return {
      "[Content_Types].xml": `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>`
        + `<Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPES}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPES}.styles+xml"/></Types>`,
      "_rels/.rels": `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${DOCUMENT}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
      "xl/workbook.xml": `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${DOCUMENT}"><sheets><sheet name="${name}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
      "xl/_rels/workbook.xml.rels": `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${DOCUMENT}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${DOCUMENT}/styles" Target="styles.xml"/></Relationships>`,
      "xl/styles.xml": STYLES,
      "xl/worksheets/sheet1.xml": sheet(heads, rows),
    };
  }

  function header(signature, fields) {
    const bytes = new Uint8Array(4 + fields.reduce((sum, [size]) => sum + size, 0));
    const view = new DataView(bytes.buffer);
    view.setUint32(0, signature, true);
    let at = 4;
    for (const [size, value] of fields) {
      (size === 2 ? view.setUint16 : view.setUint32).call(view, at, value, true);
      at += size;
    }
    return bytes;
  }

  function zip(contents) {
    const parts = [], directory = [];
    let offset = 0, listed = 0;
    for (const [path, text] of Object.entries(contents)) {
      const name = encoder.encode(path), data = encoder.encode(text);
      // version, UTF-8 names, stored, no time, checksum, both sizes, length of the name
      const common = [[2, 20], [2, 0x800], [2, 0], [2, 0], [2, 0x21], [4, checksum(data)], [4, data.length], [4, data.length], [2, name.length], [2, 0]];
      const local = header(0x04034b50, common);
      const central = header(0x02014b50, [[2, 20], ...common, [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]]);
      parts.push(local, name, data);
      directory.push(central, name);
      offset += local.length + name.length + data.length;
      listed += central.length + name.length;
    }
    const count = Object.keys(contents).length;
    return [...parts, ...directory, header(0x06054b50, [[2, 0], [2, 0], [2, count], [2, count], [4, listed], [4, offset], [2, 0]])];
  }

  /** The bytes of a workbook with one sheet, in parts. */
  duizhang.xlsx = (title, heads, rows) => zip(files(title, heads, rows));
})();
