// The page of a matter: the form of a step opens in its place. Without this file it opens as a page of its own.
(() => {
  "use strict";

  const doing = document.getElementById("doing");
  if (!doing) return;

  const LOOK_AGAIN = new Set([409, 422]); // the form comes back, with what is to be put right
  let opener = null;

  // -- what comes back belongs into the place, unless it is another page (the log-in) -----------------------------------

  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target !== doing) return;
    const { xhr, requestConfig } = event.detail;
    const elsewhere = xhr.responseURL && new URL(xhr.responseURL).pathname !== requestConfig.path.split("?")[0];
    if (elsewhere) {
      event.detail.shouldSwap = false;
      requestConfig.verb === "get" ? location.assign(requestConfig.path) : say(doing.dataset.loggedOut);
    } else if (LOOK_AGAIN.has(xhr.status)) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });

  for (const failure of ["htmx:responseError", "htmx:sendError"]) {
    document.addEventListener(failure, (event) => {
      if (event.detail.target !== doing) return;
      const { requestConfig } = event.detail;
      requestConfig.verb === "get" ? location.assign(requestConfig.path) : say(doing.dataset.failed);
    });
  }

  function say(words) {
    const note = doing.querySelector("[data-said]") ?? doing.appendChild(document.createElement("p"));
    note.dataset.said = "";
    note.className = "xq-note xq-note-error";
    note.setAttribute("role", "alert");
    note.textContent = words;
  }

  // -- the eye and the keyboard follow -------------------------------------------------------------------------------------

  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.target === doing && event.detail.requestConfig.verb === "get") opener = event.detail.elt;
  });

  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target !== doing) return;
    const heading = doing.querySelector("#doing-title");
    heading?.focus({ preventScroll: true });
    if (heading) doing.scrollIntoView({ block: "start" });
  });

  function close() {
    doing.replaceChildren();
    opener?.focus();
  }

  doing.addEventListener("click", (event) => {
    if (!event.target.closest("[data-doing-close]") || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    close();
  });
})();
