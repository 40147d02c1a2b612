// Words that are pasted from a page or a document bring their layout along: headings, quotes, lists, captions.
//
// The text area takes the plain words as ever. When they are all that is in it, the HTML of the clipboard goes into a
// hidden field beside it, a note says so, and the server reads the layout from that. Whoever changes the words by hand
// means the words, so the layout is put aside; a button brings back what was pasted.
(() => {
  "use strict";

  // Without one of these there is no layout to keep.
  const LAYOUT = /<(?:h[1-6]|p|li|blockquote|table|figcaption)\b/i;
  const LARGEST = 2_000_000;

  function watch(box) {
    const text = document.getElementById(box.dataset.pasted);
    const field = box.querySelector("input[type=hidden]");
    const status = box.querySelector("[data-pasted-status]");
    let pasted = null; // { html, words } of the last paste that filled the whole field
    let arriving = null;

    function show(which, words) {
      for (const note of box.querySelectorAll("[data-pasted-note]")) {
        note.hidden = note.dataset.pastedNote !== which;
      }
      status.textContent = words;
    }

    function useRich() {
      if (text.value !== pasted.words) text.value = pasted.words;
      field.value = pasted.html;
      show("rich", "Pasted with its layout.");
    }

    function usePlain() {
      field.value = "";
      show("plain", "Plain words, without the layout.");
    }

    function forget() {
      pasted = null;
      field.value = "";
      show("", "");
    }

    text.addEventListener("paste", (event) => {
      const html = event.clipboardData.getData("text/html");
      const fillsAll = text.selectionStart === 0 && text.selectionEnd === text.value.length;
      const isLayout = LAYOUT.test(html) && html.length <= LARGEST;
      arriving = fillsAll && isLayout ? html : null;
    });

    text.addEventListener("input", () => {
      if (arriving !== null) {
        pasted = { html: arriving, words: text.value };
        arriving = null;
        useRich();
      } else if (!text.value.trim()) {
        forget();
      } else if (pasted && field.value && text.value !== pasted.words) {
        usePlain();
      }
    });

    box.addEventListener("click", (event) => {
      const button = event.target.closest("[data-pasted-use]");
      if (!button || !pasted) return;
      if (button.dataset.pastedUse === "rich") useRich();
      else usePlain();
      text.focus();
    });

    // A form that came back with an error still has its layout, and so may one that the browser restored.
    if (field.value) {
      pasted = { html: field.value, words: text.value };
      useRich();
    }
  }

  for (const box of document.querySelectorAll("[data-pasted]")) watch(box);
})();
