/* Keys for who decides on many notes; only while the focus is within a note. */

const MOVES = { j: 1, k: -1 };

/** The note `step` places on from this one, or this one at the list's end. */
export function next(notes, here, step) {
  return notes[notes.indexOf(here) + step] ?? here;
}

/** Whether a key is meant for what has the focus, such as a field. */
export function isTyped(event) {
  const held = event.altKey || event.ctrlKey || event.metaKey;
  return held || event.target.matches("input:not([type=checkbox]), select, textarea");
}

function press(note, key) {
  note.querySelector(`button[data-key="${key}"]`)?.click();
}

function follow(list) {
  let chosen = "";
  list.addEventListener("focusin", () => { chosen = ""; });
  list.addEventListener("keydown", (event) => {
    const note = event.target.closest(".decision");
    if (!note || isTyped(event)) return;
    const key = event.key.toLowerCase();
    if (key in MOVES) {
      next([...list.querySelectorAll(".decision")], note, MOVES[key]).focus();
    } else if (key === "a") {
      press(note, key);
    } else if (key === "h" || key === "r") {
      chosen = key;
    } else if (chosen && /^[1-9]$/.test(key)) {
      const reasons = note.querySelector("select");
      if (Number(key) >= reasons.options.length) return;
      reasons.selectedIndex = Number(key);
      press(note, chosen);
    } else {
      return;
    }
    event.preventDefault();
  });
}

if (typeof document !== "undefined") {
  document.querySelectorAll("[data-moderate]").forEach(follow);
}
