// What a form's fields are understood as, at once: the form is posted for a check,
// which saves nothing, and what the answer found out is put beneath the fields.
// Without this script the buttons named _check do the same with a whole page.

const PAUSE = 500; // milliseconds without a key before the site is asked
const SHORTEST = 2; // letters before sources are suggested
const RIGHT_TO_LEFT = ["he", "arc"];

/** The way in which a text of this language is written. */
export function directionOf(language) {
  if (RIGHT_TO_LEFT.includes(language)) return "rtl";
  return language ? "ltr" : "auto";
}

/** The names of sources among what the site suggests. */
export function sourcesAmong(answer) {
  const isSource = (each) => /^\/sources\/[^/]+\/./.test(each.url ?? "");
  return (answer?.suggestions ?? []).filter(isSource).map((each) => each.text);
}

/** Put what stands in each checked place of the answer into the same place here. */
function show(answer) {
  for (const place of document.querySelectorAll("[data-checked]")) {
    const found = answer.getElementById(place.id);
    if (!found || found.innerHTML === place.innerHTML) continue;
    const focused = place.contains(document.activeElement) ? document.activeElement.id : "";
    place.replaceChildren(...found.childNodes);
    if (focused) document.getElementById(focused)?.focus();
  }
}

/** One form that is checked while it is written. */
class Checking {
  constructor(form) {
    this.form = form;
    form.addEventListener("input", (event) => this.typed(event.target));
    form.addEventListener("change", (event) => this.chosen(event.target));
    form.addEventListener("click", (event) => this.pressed(event));
    addEventListener("focus", () => this.isRefused() && this.later());
  }

  typed(field) {
    if (field.matches("[data-check]")) this.later();
    if (field.matches("[data-suggest-source]")) this.suggest(field);
  }

  chosen(field) {
    const row = field.name?.match(/^texts-(\d+)-language$/);
    const words = row && this.form.elements[`texts-${row[1]}-words`];
    if (words) {
      words.dir = directionOf(field.value);
      words.lang = field.value;
    }
    if (row || field.matches("[data-check]")) this.later();
  }

  pressed(event) {
    const button = event.target.closest("button[name=_check]");
    if (!button) return;
    event.preventDefault();
    this.check();
  }

  /** Whether the reference was not understood: a work may have been added elsewhere. */
  isRefused() {
    return this.form.querySelector("[data-checked] a[target=_blank]") !== null;
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.check(), PAUSE);
  }

  async check() {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.asking = new AbortController();
    const { signal } = this.asking;
    const body = new URLSearchParams(new FormData(this.form));
    body.append("_check", "live");
    try {
      const answer = await fetch(location.href, { method: "POST", body, signal });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!signal.aborted) show(page);
    } catch {
      // No answer: what is typed stands, and saving says what is wrong.
    }
  }

  suggest(field) {
    clearTimeout(this.suggesting);
    const words = field.value.trim();
    if (words.length >= SHORTEST) {
      this.suggesting = setTimeout(() => this.list(field, words), PAUSE);
    }
  }

  async list(field, words) {
    try {
      const answer = await fetch(`/search/suggest/?${new URLSearchParams({ q: words })}`);
      const names = answer.ok ? sourcesAmong(await answer.json()) : [];
      listFor(field).replaceChildren(...names.map((name) => new Option(name, name)));
    } catch {
      // Suggestions only help: the field takes what is typed.
    }
  }
}

/** The list of suggestions of a field, made when it is first asked for. */
function listFor(field) {
  const id = `${field.id}_sources`;
  const there = document.getElementById(id);
  if (there) return there;
  const made = document.createElement("datalist");
  made.id = id;
  field.after(made);
  field.setAttribute("list", id);
  return made;
}

if (typeof document !== "undefined") {
  const form = document.querySelector("[data-checked]")?.closest("form");
  if (form) new Checking(form);
}
