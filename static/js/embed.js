// One line on a publisher's page shows what a fact-checking desk found there:
//
//   <script async src="https://desk.example/embed.js" data-article="…"></script>
//
// It must never break that page. So it adds one element, where the script stands, with a sandboxed frame in a closed shadow
// root; it defines no global name, changes no prototype, reads no cookie, uses none of the array methods that a page may have
// replaced, and swallows every error. Words are marked by the CSS Custom Highlight API, which changes neither the page's
// elements nor its layout. Styles are set one by one on our own element and as a constructed sheet, which no policy forbids.
(() => {
  "use strict";

  const script = document.currentScript;
  if (!script) return;
  const given = script.dataset;
  const TALLEST = 20000; // pixels
  const LARGEST = 1000000; // characters of a page in which words are looked for
  const COLOURS = { supported: "36 146 104", refuted: "214 74 64", conflicting: "190 128 20", not_enough_evidence: "120 128 142" };
  const BLOCKS = "address,article,aside,blockquote,body,dd,div,dl,dt,figcaption,figure,footer,form,h1,h2,h3,h4,h5,h6,header,li,main,nav,ol,p,pre,section,table,td,th,tr,ul";
  const UNREAD = "script,style,noscript,template,textarea,select,[hidden]";

  const quietly = (work) => {
    try {
      return work();
    } catch {
      return undefined;
    }
  };

  const desk = (path) => new URL(path, script.src).href;

  const ownAddress = () => {
    const canonical = document.querySelector('link[rel~="canonical"]');
    return given.url || (canonical && canonical.href) || location.href;
  };

  const query = () => (given.article ? `article=${encodeURIComponent(given.article)}` : `url=${encodeURIComponent(ownAddress())}`);

  function frameAddress() {
    const theme = given.theme === "light" || given.theme === "dark" ? `theme=${given.theme}` : "";
    if (given.claim) return desk(`embed/claims/${encodeURIComponent(given.claim)}/?${theme}`);
    if (given.article) return desk(`embed/articles/${encodeURIComponent(given.article)}/?${theme}`);
    return desk(`embed/articles/?${query()}&${theme}`);
  }

  // Set on the element itself and as important, so that no rule of the page's, however loud, gets at it.
  function dress(element, styles) {
    element.style.setProperty("all", "initial", "important");
    for (const name in styles) {
      if (Object.hasOwn(styles, name)) element.style.setProperty(name, styles[name], "important");
    }
  }

  function showFrame() {
    const holder = document.createElement("div");
    const frame = document.createElement("iframe");
    const isKnown = Boolean(given.claim || given.article);
    frame.title = given.title || "Fact checks of this article";
    frame.setAttribute("sandbox", "allow-scripts allow-popups allow-popups-to-escape-sandbox");
    frame.setAttribute("referrerpolicy", "no-referrer");
    frame.loading = isKnown ? "lazy" : "eager";
    dress(holder, { display: "block", margin: isKnown ? "1em 0" : "0", "max-width": "50rem" });
    dress(frame, { display: "block", width: "100%", height: isKnown ? "14rem" : "0", border: "0", "color-scheme": "auto" });
    window.addEventListener("message", (event) => quietly(() => {
      // Only our own frame is listened to. Being sandboxed, it has no origin, or it has the desk's.
      const isOurs = event.source === frame.contentWindow && (event.origin === "null" || event.origin === new URL(script.src).origin);
      const height = isOurs && event.data && event.data.assay === "height" ? event.data.height : NaN;
      if (typeof height !== "number" || !(height >= 0 && height <= TALLEST)) return;
      frame.style.setProperty("height", `${height}px`, "important");
      holder.style.setProperty("margin", height ? "1em 0" : "0", "important");
    }));
    frame.src = frameAddress();
    holder.attachShadow({ mode: "closed" }).append(frame);
    script.parentNode.insertBefore(holder, script.nextSibling);
    return { holder, frame };
  }

  // The page's text as one line, with where each character of it stands. Typography is evened out: a page sets its own
  // quotation marks, dashes and spaces.
  function readText(root) {
    const text = { line: "", nodes: [], at: [], offsets: [] };
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    let block = null;
    for (let node = walker.nextNode(); node && text.line.length < LARGEST; node = walker.nextNode()) {
      if (node.nodeType !== 3) {
        if (node.localName === "br") addBreak(text);
        continue;
      }
      const parent = node.parentElement;
      if (!parent || parent.closest(UNREAD)) continue;
      const around = parent.closest(BLOCKS);
      if (around !== block) addBreak(text);
      block = around;
      addNode(text, node);
    }
    return text;
  }

  function addBreak(text) {
    if (!text.line || text.line.charAt(text.line.length - 1) === " ") return;
    text.line += " ";
    text.at[text.line.length - 1] = text.at[text.line.length - 2];
    text.offsets[text.line.length - 1] = text.offsets[text.line.length - 2];
  }

  function addNode(text, node) {
    const index = text.nodes.length;
    text.nodes[index] = node;
    let line = text.line;
    for (let offset = 0; offset < node.data.length; offset += 1) {
      const plain = plainOf(node.data.charAt(offset));
      if (!plain || (plain === " " && (!line || line.charAt(line.length - 1) === " "))) continue;
      text.at[line.length] = index;
      text.offsets[line.length] = offset;
      line += plain;
    }
    text.line = line;
  }

  function plainOf(character) {
    if (/[\u00ad\u200b-\u200f\u2060\ufeff]/.test(character)) return "";
    if (/\s/.test(character)) return " ";
    if (/[\u2018\u2019\u201a\u201b\u2032]/.test(character)) return "'";
    if (/[\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033]/.test(character)) return '"';
    if (/[\u2010-\u2015\u2212]/.test(character)) return "-";
    return character;
  }

  function plain(string) {
    let line = "";
    for (let place = 0; place < string.length; place += 1) {
      const next = plainOf(string.charAt(place));
      if (next !== " " || (line && line.charAt(line.length - 1) !== " ")) line += next;
    }
    return line;
  }

  // How many characters before (or after) a place are those that stood there in the article that was checked.
  function likeness(line, place, context, step) {
    let count = 0;
    let there = step < 0 ? context.length - 1 : 0;
    while (there >= 0 && there < context.length && line.charAt(place) === context.charAt(there)) {
      count += 1;
      place += step;
      there += step;
    }
    return count;
  }

  // Where the words stand, surely: with the most of what stood around them, and no other place that has as much. Few words
  // need some of it in any case. Better no mark than one on other words.
  function findWords(line, words) {
    const exact = plain(words.exact).trim();
    const prefix = plain(words.prefix);
    const suffix = plain(words.suffix);
    let best = { start: -1, score: -1, isTied: false };
    for (let start = exact ? line.indexOf(exact) : -1, seen = 0; start >= 0 && seen < 500; seen += 1) {
      const end = start + exact.length;
      const score = likeness(line, start - 1, prefix, -1) + likeness(line, end, suffix, 1);
      if (score > best.score) best = { start, end, score, isTied: false };
      else if (score === best.score) best.isTied = true;
      start = line.indexOf(exact, start + 1);
    }
    return best.start >= 0 && !best.isTied && (exact.length >= 24 || best.score >= 8) ? best : null;
  }

  function rangeOf(text, found) {
    const range = new Range();
    const last = found.end - 1;
    range.setStart(text.nodes[text.at[found.start]], text.offsets[found.start]);
    range.setEnd(text.nodes[text.at[last]], text.offsets[last] + 1);
    return range;
  }

  function mark(marks, shown) {
    const text = readText(document.querySelector(given.marks || "article") || document.querySelector("main") || document.body);
    const ranges = [];
    for (let at = 0; at < marks.length; at += 1) {
      for (let piece = 0; piece < marks[at].words.length; piece += 1) {
        const found = findWords(text.line, marks[at].words[piece]);
        if (found) ranges[ranges.length] = { range: rangeOf(text, found), mark: marks[at] };
      }
    }
    for (let at = 0; at < ranges.length; at += 1) paint(ranges[at].range, ranges[at].mark.normalised);
    if (shown && ranges.length) leadOnClick(ranges, shown);
  }

  function paint(range, normalised) {
    const colour = COLOURS[normalised];
    if (!colour) return;
    const name = `assay-${normalised}`;
    let highlight = CSS.highlights.get(name);
    if (!highlight) {
      highlight = new Highlight();
      CSS.highlights.set(name, highlight);
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(`::highlight(${name}) { background-color: rgb(${colour} / .2); text-decoration: underline 2px rgb(${colour}); }`);
      document.adoptedStyleSheets.push(sheet);
    }
    highlight.add(range);
  }

  // A click on marked words, where it means nothing else, leads to their verdict in the frame.
  function leadOnClick(ranges, { holder, frame }) {
    document.addEventListener("click", (event) => quietly(() => {
      if (event.defaultPrevented || event.target.closest("a, button, input, select, textarea, label, summary, [onclick]")) return;
      if (!getSelection().isCollapsed || !document.caretRangeFromPoint) return;
      const place = document.caretRangeFromPoint(event.clientX, event.clientY);
      for (let at = 0; place && at < ranges.length; at += 1) {
        if (!ranges[at].range.isPointInRange(place.startContainer, place.startOffset)) continue;
        const address = new URL(frameAddress());
        address.hash = `claim-${ranges[at].mark.claim}`;
        frame.src = address.href;
        holder.scrollIntoView({ block: "nearest" });
        return;
      }
    }), { passive: true });
  }

  async function showMarks(shown) {
    if (!("highlights" in CSS) || !("adoptedStyleSheets" in document)) return;
    const response = await fetch(desk(`embed/marks.json?${query()}`), { credentials: "omit", referrerPolicy: "no-referrer" });
    if (!response.ok) return;
    const { marks } = await response.json();
    quietly(() => mark(marks, shown));
  }

  function start() {
    const shown = given.frame === "no" ? null : quietly(showFrame);
    if (script.hasAttribute("data-marks") && !given.claim) showMarks(shown).catch(() => {});
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => quietly(start));
  else quietly(start);
})();
