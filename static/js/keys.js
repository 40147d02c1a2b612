// Keys of the desk. An element says which key clicks it with data-key="a" (or "g d" for two in a row).
// They rest while somebody types, while a dialog is open, and when they are switched off in the list of keys.
(() => {
  "use strict";

  const SWITCH = "assay-keys";
  const SECOND_KEY_WITHIN = 1200;
  let first = null;

  const isOn = () => {
    try {
      return localStorage.getItem(SWITCH) !== "off";
    } catch {
      return true; // storage can be forbidden
    }
  };

  function isTyping(target) {
    return target.isContentEditable || target.closest("input, textarea, select, [role=textbox]") !== null;
  }

  // Checkboxes and buttons take no letters, so keys go on working after one was clicked.
  function takesLetters(target) {
    if (!(target instanceof Element) || !isTyping(target)) return false;
    return !(target instanceof HTMLInputElement && ["checkbox", "button", "submit"].includes(target.type));
  }

  // What a closed menu holds is not on show, yet its key must work: only `hidden` and display: none switch a key off.
  function isUsable(element) {
    if (element.disabled || element.closest("[hidden], [inert]")) return false;
    return element.checkVisibility() || element.closest("details:not([open])") !== null;
  }

  function elementFor(keys) {
    const all = document.querySelectorAll(`[data-key="${CSS.escape(keys)}"]`);
    return [...all].find(isUsable);
  }

  function press(keys) {
    const element = elementFor(keys);
    if (!element) return false;
    if (keys === "/") {
      element.focus();
      element.select?.();
    } else {
      element.click();
    }
    return true;
  }

  // A claim has several pieces in the text and a place in the list: it is one stop.
  function claimLinks() {
    const stops = new Map();
    for (const link of document.querySelectorAll("[data-claim-link]")) {
      const id = link.dataset.claimLink;
      if (isUsable(link) && !stops.has(id)) stops.set(id, link);
    }
    return [...stops.values()];
  }

  function step(by) {
    const links = claimLinks();
    if (links.length === 0) return false;
    const chosen = document.querySelector("[data-claim-link][aria-current]")?.dataset.claimLink;
    const at = links.findIndex((link) => link.dataset.claimLink === chosen);
    const next = at === -1 ? (by > 0 ? 0 : links.length - 1) : at + by;
    if (next < 0 || next >= links.length) return true;
    links[next].scrollIntoView({ block: "nearest" });
    links[next].click();
    return true;
  }

  function combined(key) {
    const before = first;
    first = null;
    if (before && Date.now() - before.at < SECOND_KEY_WITHIN) return `${before.key} ${key}`;
    if (document.querySelector(`[data-key^="${CSS.escape(key)} "]`)) {
      first = { key, at: Date.now() };
      return null;
    }
    return key;
  }

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.key.length !== 1) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (!isOn() || takesLetters(event.target) || document.querySelector("dialog[open]")) return;
    if (event.key === "j" || event.key === "k") {
      if (step(event.key === "j" ? 1 : -1)) event.preventDefault();
      return;
    }
    if (event.repeat || event.key === " ") return;
    const keys = combined(event.key);
    if (keys && press(keys)) event.preventDefault();
  });

  document.addEventListener("change", (event) => {
    if (!event.target.matches("[data-keys-switch]")) return;
    try {
      localStorage.setItem(SWITCH, event.target.checked ? "on" : "off");
    } catch {
      // Without storage the keys stay on until the page is left.
    }
  });
  const control = document.querySelector("[data-keys-switch]");
  if (control) control.checked = isOn();
})();
