// Selected words become offsets into the version's text, and a small bar beside them offers what to do.
//
// The browser speaks of nodes and UTF-16 units, the desk of Unicode code points. Every run of article text stands in an
// element whose data-start is the code-point offset of its first character and whose textContent is exactly that slice,
// so a place in the text is data-start plus the code points before it inside that element.
(() => {
  "use strict";

  const codePoints = (string) => {
    let count = 0;
    for (const _ of string) count += 1;
    return count;
  };

  const isTrail = (string, index) => {
    const before = string.charCodeAt(index - 1);
    const here = string.charCodeAt(index);
    return before >= 0xd800 && before <= 0xdbff && here >= 0xdc00 && here <= 0xdfff;
  };

  // The text before `node` inside `owner`, which is all part of owner's slice.
  function textBefore(owner, node) {
    const range = document.createRange();
    range.setStart(owner, 0);
    range.setEnd(node, 0);
    return range.toString();
  }

  // The part of a text node that the range covers, never half of a surrogate pair.
  function coveredPart(range, node) {
    let from = node === range.startContainer ? range.startOffset : 0;
    let to = node === range.endContainer ? range.endOffset : node.data.length;
    if (isTrail(node.data, from)) from -= 1;
    if (isTrail(node.data, to)) to += 1;
    return { from, to };
  }

  function pieceOf(range, node, root) {
    const owner = node.parentElement.closest("[data-start]");
    if (!owner || !root.contains(owner) || !range.intersectsNode(node)) return null;
    const { from, to } = coveredPart(range, node);
    if (from >= to) return null;
    const before = textBefore(owner, node) + node.data.slice(0, from);
    return { start: Number(owner.dataset.start) + codePoints(before), text: node.data.slice(from, to) };
  }

  function piecesIn(range, root) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const pieces = [];
    while (walker.nextNode()) {
      const piece = pieceOf(range, walker.currentNode, root);
      if (piece) pieces.push(piece);
    }
    return pieces;
  }

  // White space at the ends belongs to nobody's claim; it may fill whole pieces.
  function trimmed(pieces) {
    while (pieces.length && !pieces[0].text.trim()) pieces.shift();
    while (pieces.length && !pieces.at(-1).text.trim()) pieces.pop();
    if (pieces.length === 0) return pieces;
    const head = pieces[0];
    const kept = head.text.trimStart();
    head.start += codePoints(head.text.slice(0, head.text.length - kept.length));
    head.text = kept;
    pieces.at(-1).text = pieces.at(-1).text.trimEnd();
    return pieces;
  }

  // Between two blocks the text has white space that is not on the page: one line break stands for it in the quote.
  function quoteOf(pieces) {
    let quote = "";
    let end = null;
    for (const piece of pieces) {
      quote += end !== null && piece.start > end ? `\n${piece.text}` : piece.text;
      end = piece.start + codePoints(piece.text);
    }
    return quote;
  }

  function selectionOffsets(selection, root) {
    if (!selection || !root || selection.rangeCount === 0 || selection.isCollapsed) return null;
    const pieces = trimmed(piecesIn(selection.getRangeAt(0), root));
    if (pieces.length === 0) return null;
    const last = pieces.at(-1);
    return { start: pieces[0].start, end: last.start + codePoints(last.text), quote: quoteOf(pieces) };
  }

  window.Assay = Object.assign(window.Assay || {}, { selectionOffsets });

  let current = null; // { root, offsets, range } of the words that the bar is about
  const bar = () => document.querySelector("[data-selection-bar]");

  // Selecting can start in a margin, so the root is whichever text the range touches.
  function readSelection() {
    const selection = document.getSelection();
    for (const root of document.querySelectorAll("[data-article-text]")) {
      if (!selection.rangeCount || !selection.getRangeAt(0).intersectsNode(root)) continue;
      const offsets = selectionOffsets(selection, root);
      if (offsets) return { root, offsets, range: selection.getRangeAt(0).cloneRange() };
    }
    return null;
  }

  const can = {
    claim: ({ root }) => Boolean(root.dataset.claimUrl),
    add: () => document.getElementById("add-span-form") !== null,
    quote: ({ root }) => Boolean(root.dataset.quoteField && document.querySelector(root.dataset.quoteField)),
  };

  function place(element, range) {
    const lines = [...range.getClientRects()].filter((line) => line.width > 0);
    const line = lines[0] || range.getBoundingClientRect();
    const above = line.top - element.offsetHeight - 8;
    const below = (lines.at(-1) || line).bottom + 8;
    const middle = line.left + line.width / 2 - element.offsetWidth / 2;
    const rightmost = document.documentElement.clientWidth - element.offsetWidth - 8;
    element.style.setProperty("--bar-x", `${Math.max(8, Math.min(middle, rightmost)) + scrollX}px`);
    element.style.setProperty("--bar-y", `${(above > 8 ? above : below) + scrollY}px`);
  }

  function announce(words) {
    const status = document.querySelector("[data-selection-status]");
    if (status && status.textContent !== words) status.textContent = words;
  }

  function hide() {
    current = null;
    const element = bar();
    if (element) element.hidden = true;
    announce("");
  }

  function show(found) {
    const element = bar();
    if (!element) return;
    let offered = 0;
    for (const button of element.querySelectorAll("[data-selection]")) {
      button.hidden = !can[button.dataset.selection]?.(found);
      if (!button.hidden) offered += 1;
    }
    if (offered === 0) return;
    current = found;
    element.hidden = false;
    place(element, found.range);
    const { start, end } = found.offsets;
    announce(`${end - start} characters selected. Press n to ${can.claim(found) ? "claim" : "quote"} them.`);
  }

  function refresh() {
    const found = readSelection();
    if (found) show(found);
    else hide();
  }

  // The selection is lost when the form takes the focus; the words stay lit, without touching the text, until the card changes.
  function keepLit(range) {
    if (window.Highlight && CSS.highlights) CSS.highlights.set("assay-selection", new Highlight(range));
  }

  const focusFirst = (card) =>
    card.querySelector("[autofocus], textarea, input:not([type=hidden]), select")?.focus();

  async function claim({ root, offsets, range }) {
    const url = new URL(root.dataset.claimUrl, location.href);
    url.searchParams.set("start", offsets.start);
    url.searchParams.set("end", offsets.end);
    const card = document.getElementById("card");
    if (!window.htmx || !card) {
      location.assign(url);
      return;
    }
    await window.htmx.ajax("GET", url.pathname + url.search, { target: "#card", swap: "innerHTML" });
    keepLit(range);
    focusFirst(card);
  }

  function add({ offsets }) {
    const form = document.getElementById("add-span-form");
    form.elements.namedItem("start").value = offsets.start;
    form.elements.namedItem("end").value = offsets.end;
    form.requestSubmit();
  }

  function fill(selector, value) {
    const field = selector && document.querySelector(selector);
    if (!field) return;
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function quote({ root, offsets }) {
    fill(root.dataset.quoteStart, offsets.start);
    fill(root.dataset.quoteEnd, offsets.end);
    fill(root.dataset.quoteField, offsets.quote);
    document.querySelector(root.dataset.quoteField).focus();
  }

  const actions = { claim, add, quote };

  // A mark is a link, and browsers drag links instead of selecting their words. Here words come first: a link in the text
  // is not dragged, and letting go after selecting inside one does not follow it.
  const linkInText = (target) => target.closest("[data-article-text] a");
  let pressedAt = null;

  document.addEventListener("mousedown", (event) => {
    pressedAt = { x: event.clientX, y: event.clientY };
    const link = linkInText(event.target);
    if (link) link.draggable = false;
    // Pressing a button of the bar must not drop the selection that it is about.
    if (event.target.closest("[data-selection-bar]")) event.preventDefault();
  });
  document.addEventListener(
    "click",
    (event) => {
      if (!pressedAt || !linkInText(event.target) || document.getSelection().isCollapsed) return;
      if (Math.hypot(event.clientX - pressedAt.x, event.clientY - pressedAt.y) < 4) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    true,
  );
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-selection]");
    if (!button || !current) return;
    const about = current;
    hide();
    actions[button.dataset.selection](about);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && current) hide();
  });

  let timer = null;
  const settle = () => {
    timer = null;
    refresh();
  };
  document.addEventListener("selectionchange", () => {
    if (bar()?.contains(document.activeElement)) return;
    clearTimeout(timer);
    timer = setTimeout(settle, 120);
  });
  // A key pressed at once after selecting must find the bar's buttons, so it does not wait for the pause to pass.
  document.addEventListener(
    "keydown",
    () => {
      if (timer === null) return;
      clearTimeout(timer);
      settle();
    },
    true,
  );
  document.addEventListener("htmx:afterSwap", () => CSS.highlights?.delete("assay-selection"));
  window.addEventListener("resize", () => current && refresh());
})();
