// The admin's boxes that find a record say whose they are: their script gives the box
// no name but what is chosen in it, which is nothing at first.

/** The name of a box: its label, and what is chosen in it. */
export function nameOf(label, chosen) {
  const name = label.replace(/[\s:]+$/, "").trim();
  return chosen.trim() ? `${name}: ${chosen.trim()}` : name;
}

/** Name the box of one field, now and whenever its own script draws it anew. */
function name(select) {
  const label = select.labels[0]?.textContent ?? "";
  const say = () => {
    const box = select.parentElement.querySelector(".select2-selection__rendered");
    const chosen = select.selectedOptions[0]?.textContent ?? "";
    box?.setAttribute("aria-label", nameOf(label, chosen));
  };
  say();
  const drawn = { childList: true, subtree: true };
  new MutationObserver(say).observe(select.parentElement, drawn);
}

const FINDING = "select.admin-autocomplete:not([name*=__prefix__])";

if (typeof document !== "undefined") {
  addEventListener("load", () => document.querySelectorAll(FINDING).forEach(name));
  document.addEventListener("formset:added", (event) => {
    event.target.querySelectorAll(FINDING).forEach(name);
  });
}
