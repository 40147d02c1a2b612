// Small habits of the desk's pages: the chosen claim is marked, dialogs open, and a failed request is said aloud.
(() => {
  "use strict";

  function chooseClaim(id) {
    for (const mark of document.querySelectorAll("[data-claim]")) {
      mark.classList.toggle("is-current", mark.dataset.claim === id);
    }
    for (const link of document.querySelectorAll("[data-claim-link]")) {
      if (link.dataset.claimLink === id) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }

  function bringIntoView(link) {
    const id = CSS.escape(link.dataset.claimLink);
    const mark = document.querySelector(`[data-article-text] [data-claim="${id}"]`);
    for (const place of [mark, document.querySelector(`.claim-list [data-claim="${id}"]`)]) {
      if (place && !place.contains(link)) place.scrollIntoView({ block: "nearest" });
    }
  }

  function say(words) {
    const place = document.getElementById("messages");
    if (!place) return;
    const message = document.createElement("div");
    message.className = "message";
    message.dataset.level = "error";
    const text = document.createElement("p");
    text.textContent = words;
    message.append(text);
    place.replaceChildren(message);
    message.scrollIntoView({ block: "nearest" });
  }

  const isPlainClick = (event) =>
    event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-claim-link]");
    if (link && isPlainClick(event)) {
      chooseClaim(link.dataset.claimLink);
      bringIntoView(link);
    }
    const opener = event.target.closest("[data-opens]");
    const dialog = opener && document.getElementById(opener.dataset.opens);
    if (dialog instanceof HTMLDialogElement) {
      event.preventDefault();
      opener.closest("details.menu")?.removeAttribute("open");
      dialog.showModal();
    }
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target)) menu.removeAttribute("open");
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = document.querySelector("details.menu[open]");
    if (!menu) return;
    menu.removeAttribute("open");
    menu.querySelector("summary").focus();
  });

  // A fold that is opened to type something in is typed in at once.
  document.addEventListener(
    "toggle",
    (event) => {
      if (event.target.open) event.target.querySelector("[data-focus]")?.focus();
    },
    true,
  );

  // A refusal that says where it belongs is shown there, whatever its status.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (!event.detail.xhr.getResponseHeader("HX-Retarget")) return;
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  });
  document.addEventListener("htmx:responseError", (event) => {
    const status = event.detail.xhr.status;
    if (status === 403) say("Your role does not allow this, or you were signed out. Nothing was saved.");
    else if (status === 404) say("This is no longer there. Load the page again to see what became of it.");
    else say("The desk could not do this. Nothing was saved; try again.");
  });
  document.addEventListener("htmx:sendError", () => {
    say("The desk did not answer. Nothing was saved; check the connection and try again.");
  });
})();
