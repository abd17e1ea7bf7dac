"use strict";

/* The one global of the site: data that scripts bring, elements, and addresses. Everything that comes from a document
   becomes text through append(); nothing is ever parsed as HTML. */
const duizhang = (() => {
  const store = new Map();
  const waiting = new Map();

  /** Called by every data script. */
  function put(name, text) {
    store.set(name, JSON.parse(text));
  }

  /** The data of one script; a page opened from disk may load scripts, but may not fetch files. */
  function load(name) {
    if (store.has(name)) {
      return Promise.resolve(store.get(name));
    }
    if (!waiting.has(name)) {
      waiting.set(name, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = `data/${name}.js`;
        script.onload = () => (store.has(name) ? resolve(store.get(name)) : reject(new Error(name)));
        script.onerror = () => reject(new Error(name));
        document.head.append(script);
      }));
    }
    return waiting.get(name);
  }

  /** The part of the data that a permanent id is in, or null. */
  async function where(id) {
    if (!/^[\w-]{1,120}$/.test(id || "")) {
      return null;
    }
    const { digits } = await load("site");
    try {
      const found = await load(`where/${digits ? id.slice(-digits) : "all"}`);
      return Object.hasOwn(found, id) ? found[id] : null;
    } catch {
      return null;
    }
  }

  function fill(element, attributes, children) {
    for (const [name, value] of Object.entries(attributes || {})) {
      if (name.startsWith("on")) {
        element.addEventListener(name.slice(2), value);
      } else if (value !== null && value !== undefined && value !== false) {
        element.setAttribute(name, value === true ? "" : value);
      }
    }
    for (const child of children.flat(4)) {
      if (child !== null && child !== undefined && child !== false) {
        element.append(child);
      }
    }
    return element;
  }

  /** An element of HTML; attributes named on… are listeners. */
  function h(tag, attributes, ...children) {
    return fill(document.createElement(tag), attributes, children);
  }

  /** An element of SVG. */
  function s(tag, attributes, ...children) {
    return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
  }

  /** What stands behind # in the address. */
  function parameters() {
    return new URLSearchParams(location.hash.slice(1));
  }

  /** The address of a page; parameters without a value are left out. */
  function address(page, values) {
    const given = Object.entries(values || {}).filter(([, value]) => value !== null && value !== undefined && value !== "");
    const text = new URLSearchParams(given).toString();
    return `${page}.html${text ? `#${text}` : ""}`;
  }

  function remembered(key) {
    try {
      return localStorage.getItem(`duizhang.${key}`);
    } catch {
      return null;
    }
  }

  function remember(key, value) {
    try {
      localStorage.setItem(`duizhang.${key}`, value);
    } catch {
      /* a browser that keeps nothing forgets the choice, no more */
    }
  }

  return { put, load, where, h, s, parameters, address, remembered, remember };
})();
