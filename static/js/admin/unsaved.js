// Leaving a form with something typed and not saved is asked about first.

/** What a form would send, as one string; rows not yet added are left out. */
export function stateOf(fields) {
  const kept = [...fields].filter(([name]) => !name.includes("__prefix__"));
  return new URLSearchParams(kept.map(([name, value]) => [name, String(value)])).toString();
}

/** Whether a form that is sent by this button leaves the page. */
export function leaves(button) {
  return !button || (button.formTarget !== "_blank" && button.name !== "_check");
}

function watch(form) {
  const now = () => stateOf(new FormData(form));
  const isShownAgain = document.querySelector("[data-unsaved]") !== null;
  const opened = isShownAgain ? null : now();
  let isSent = false;
  form.addEventListener("submit", (event) => {
    isSent = isSent || leaves(event.submitter);
  });
  addEventListener("pageshow", () => {
    isSent = false;
  });
  addEventListener("beforeunload", (event) => {
    if (!isSent && now() !== opened) event.preventDefault();
  });
}

if (typeof document !== "undefined") {
  // The admin's own scripts fill in rows first.
  addEventListener("load", () => {
    document.querySelectorAll('#content-main > form[method="post"]').forEach(watch);
  });
}
