// Suggestions while typing, in every box marked data-suggest with the address that
// gives them: a combobox with a list under it. Without this script the form stands.

const PAUSE = 150; // milliseconds without a key before the site is asked
const SHORTEST = 2; // letters
const HEBREW = /([\u0590-\u05ff]+(?:[ "'.,:-]+[\u0590-\u05ff]+)*)/;

/** The place after `at` among `count` suggestions and the box itself, which is -1. */
export function stepped(at, by, count) {
  const places = count + 1;
  return ((at + 1 + by + places) % places) - 1;
}

/** The suggestions that lead to a page of this site; anything else is left out. */
export function sound(suggestions) {
  const isOurs = (url) => typeof url === "string" && /^\/(?!\/)/.test(url);
  return Array.isArray(suggestions) ? suggestions.filter((each) => isOurs(each.url)) : [];
}

function element(name, attributes, words = "") {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = words;
  return made;
}

function english(words, more) {
  const made = element("span", { lang: "en", dir: "ltr", ...more });
  const pieces = words.split(HEBREW);
  made.append(...pieces.map((each, at) => (at % 2 ? hebrew(each) : each)));
  return made;
}

function hebrew(words) {
  return element("bdi", { lang: "he", dir: "rtl" }, words);
}

function option(suggestion, id) {
  const row = element("li", { id, role: "option", "aria-selected": "false" });
  row.append(english(suggestion.text), " ", hebrew(suggestion.text_he), " ");
  row.append(english(suggestion.kind, { class: "count" }));
  return row;
}

/** One box with its list. */
class Suggesting {
  constructor(box, id) {
    this.box = box;
    this.shown = [];
    this.at = -1;
    const name = box.getAttribute("aria-label") || box.labels[0]?.textContent || "";
    const list = { id, role: "listbox", class: "suggested", "aria-label": name.trim() };
    this.list = element("ul", list);
    this.list.hidden = true;
    box.type = "text"; // a box of the type "search" may not be a combobox
    const role = { role: "combobox", "aria-controls": id, "aria-expanded": "false" };
    const more = { "aria-autocomplete": "list", enterkeyhint: "search" };
    for (const [key, value] of Object.entries({ ...role, ...more })) {
      box.setAttribute(key, value);
    }
    this.said = element("span", { role: "status", class: "unseen" });
    box.after(this.list, this.said);
    this.listen();
  }

  listen() {
    this.box.addEventListener("input", () => this.typed());
    this.box.addEventListener("keydown", (event) => this.pressed(event));
    this.box.addEventListener("blur", () => this.close());
    // The box keeps the focus while an option is pressed.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const row = event.target.closest("[role=option]");
      if (row) this.go([...this.list.children].indexOf(row));
    });
    addEventListener("pagehide", () => this.close());
  }

  /** What stood for the words before stays until there is an answer for these. */
  typed() {
    this.forget();
    const words = this.box.value.trim();
    if (words.length < SHORTEST) this.show([]);
    else this.timer = setTimeout(() => this.ask(words), PAUSE);
  }

  /** Ask the site; a later question, or leaving the box, ends this one. */
  async ask(words) {
    this.asking = new AbortController();
    const { signal } = this.asking;
    const address = `${this.box.dataset.suggest}?${new URLSearchParams({ q: words })}`;
    try {
      const answer = await fetch(address, { signal });
      const { said, suggestions } = answer.ok ? await answer.json() : {};
      if (!signal.aborted) this.show(sound(suggestions), said);
    } catch {
      // No answer: the form works as it stands.
    }
  }

  /** `said` is for those who hear the page. */
  show(suggestions, said = "") {
    this.shown = suggestions;
    this.said.replaceChildren(english(said));
    const rows = suggestions.map((each, at) => option(each, `${this.list.id}-${at}`));
    this.list.replaceChildren(...rows);
    this.list.hidden = !rows.length;
    this.box.setAttribute("aria-expanded", String(rows.length > 0));
  }

  /** Ask no more for what was typed before; nothing is chosen now. */
  forget() {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.choose(-1);
  }

  close() {
    this.forget();
    this.show([]);
  }

  choose(at) {
    this.at = at;
    const rows = [...this.list.children];
    rows.forEach((row, place) => row.setAttribute("aria-selected", String(place === at)));
    if (at < 0) return this.box.removeAttribute("aria-activedescendant");
    this.box.setAttribute("aria-activedescendant", rows[at].id);
    rows[at].scrollIntoView({ block: "nearest" });
  }

  go(at) {
    location.assign(this.shown[at].url);
  }

  pressed(event) {
    if (!this.shown.length || event.isComposing) return;
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) this.choose(stepped(this.at, by, this.shown.length));
    else if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && this.at >= 0) this.go(this.at);
    else return;
    event.preventDefault();
  }
}

if (typeof document !== "undefined") {
  const boxes = document.querySelectorAll("[data-suggest]");
  boxes.forEach((box, number) => new Suggesting(box, `suggested-${number}`));
}
