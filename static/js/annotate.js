// Notes light up their words, and selected words get a toolbar. Without this script
// the links beside the lines and the lists of notes do the same.

const QUIET = 200; // milliseconds until a selection is meant
const FRAME = ".line [data-side]";
const WORD = /[\p{L}\p{M}\p{N}]+(?:['"’׳״]+[\p{L}\p{M}\p{N}]+)*['׳]?/gu;
const DEEDS = { annotate: "Write a note", highlight: "Highlight", bookmark: "Bookmark" };
const HOW = "Tab leads to the toolbar; Escape closes it.";

/** The UTF-16 units of the first `count` code points. */
export function units(words, count) {
  return [...words].slice(0, count).join("").length;
}

/** A span widened to whole words; null if empty. */
export function whole(words, start, end) {
  while (start < end && /\s/.test(words[start])) start++;
  while (start < end && /\s/.test(words[end - 1])) end--;
  for (const word of words.matchAll(WORD)) {
    const past = word.index + word[0].length;
    if (word.index < start && start < past) start = word.index;
    if (word.index < end && end < past) end = past;
  }
  return start < end ? [start, end] : null;
}

/** The range of a span of a frame's words, in UTF-16 units. */
function rangeOf(frame, start, end) {
  const range = document.createRange();
  const texts = document.createTreeWalker(frame, NodeFilter.SHOW_TEXT);
  for (let text, at = 0; (text = texts.nextNode()); at += text.length) {
    const past = at + text.length;
    if (start >= at && start < past) range.setStart(text, start - at);
    if (end > at && end <= past) range.setEnd(text, end - at);
  }
  return range;
}

/** Where a note stands, line by line. */
function rangesOf({ dataset: { line, start, end, side, rest = "" } }) {
  return `${line}:${start}-${end} ${rest}`.trim().split(" ").flatMap((piece) => {
    const [number, ...span] = piece.split(/[:-]/).map(Number);
    const frame = document.querySelector(`#line-${number} [data-side=${side}]`);
    if (!frame || span[0] >= span[1]) return [];
    return [rangeOf(frame, ...span.map((count) => units(frame.textContent, count)))];
  });
}

function light(name, notes, priority = 0) {
  if (!globalThis.Highlight) return;
  const highlight = new Highlight(...notes.flatMap(({ ranges }) => ranges));
  highlight.priority = priority;
  CSS.highlights.set(name, highlight);
}

/** The words selected in one line, or null. */
function selected() {
  const selection = getSelection();
  if (selection.isCollapsed) return null;
  const range = selection.getRangeAt(0).cloneRange();
  const last = selection.getRangeAt(selection.rangeCount - 1);
  const frame = (range.startContainer.parentElement ?? document.body).closest(FRAME);
  if (!frame) return null;
  if (frame.contains(last.endContainer)) range.setEnd(last.endContainer, last.endOffset);
  else range.setEnd(frame, frame.childNodes.length);
  const length = range.toString().length;
  if (`${selection}`.trim().length > length) return null; // it strays into other lines
  range.setStart(frame, 0);
  const end = range.toString().length;
  const span = whole(frame.textContent, end - length, end);
  return span && { frame, span };
}

function element(name, attributes, ...inside) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...inside);
  return made;
}

/** The arrow keys in a toolbar. */
function step(event, buttons) {
  const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!by) return;
  event.preventDefault();
  const at = buttons.indexOf(document.activeElement) + by + buttons.length;
  for (const button of buttons) button.tabIndex = -1;
  const next = buttons[at % buttons.length];
  next.tabIndex = 0;
  next.focus();
}

function reveal(note) {
  const folded = note.closest("details");
  if (folded) folded.open = true;
  note.focus();
}

/** What stands after a line, on words of it. */
class AtWords {
  constructor() {
    this.said = element("p", { role: "status", class: "unseen", lang: "en" });
    document.querySelector("main").append(this.said);
    const on = (name, deed) => document.addEventListener(name, deed);
    on("selectionchange", () => this.wait());
    on("pointerdown", () => (this.isHeld = true));
    for (const name of ["pointerup", "pointercancel"]) {
      on(name, () => this.wait((this.isHeld = false)));
    }
    on("keydown", (event) => this.pressed(event));
    on("click", (event) => this.clicked(event));
    on("focusin", ({ target }) => {
      light("this-note", this.notes.filter(({ note }) => note === target), 1);
    });
    on("notes", () => this.read());
    this.read();
  }

  read() {
    const notes = [...document.querySelectorAll("article.note[data-side]")];
    this.notes = notes.map((note) => ({ note, ranges: rangesOf(note) }));
    const isMine = ({ note }) => "mine" in note.dataset;
    light("my-notes", this.notes.filter(isMine));
    light("notes", this.notes.filter((each) => !isMine(each)));
    light("this-note", []);
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.isHeld || this.settle(), QUIET);
  }

  settle() {
    if (this.shown?.contains(document.activeElement)) return;
    const words = selected();
    const [old, now] = [this.words, words].map((each) => `${each?.span}`);
    if (words?.frame === this.words?.frame && old === now) return;
    if (words) this.offer(words);
    else this.close();
  }

  // Selected words have no focus, from which Tab could go on.
  pressed(event) {
    if (event.key === "Escape") this.close(true);
    const isAbove = document.activeElement.contains(this.words?.frame ?? null);
    if (event.key !== "Tab" || event.shiftKey || !this.shown || !isAbove) return;
    event.preventDefault();
    this.shown.querySelector("button").focus();
  }

  offer(words) {
    const link = words.frame.closest(".line").querySelector("a.annotate");
    if (!link) return;
    const buttons = Object.entries(DEEDS).map(([deed, name], at) => {
      const button = element("button", { type: "button", class: "button" }, name);
      button.tabIndex = at ? -1 : 0;
      button.addEventListener("click", () => this.act(deed, link));
      return button;
    });
    const about = { role: "toolbar", "aria-label": "With the selected words", lang: "en" };
    const bar = element("div", { ...about, dir: "ltr" }, ...buttons);
    bar.addEventListener("keydown", (event) => step(event, buttons));
    // The selection stands while a button is pressed.
    bar.addEventListener("pointerdown", (event) => event.preventDefault());
    this.show(bar, words.frame);
    this.words = words;
    this.said.textContent = HOW;
  }

  show(panel, frame) {
    this.close();
    this.shown = panel;
    panel.className = "at-words";
    frame.after(panel);
  }

  /** `isBack`: the words stay selected. */
  close(isBack = false) {
    const hadFocus = this.shown?.contains(document.activeElement);
    this.shown?.remove();
    this.shown = null;
    this.said.textContent = "";
    if (!isBack) this.words = null;
    else if (hadFocus && this.words) {
      getSelection().removeAllRanges();
      getSelection().addRange(rangeOf(this.words.frame, ...this.words.span));
    }
  }

  act(deed, link) {
    const { frame, span: [start, end] } = this.words;
    const words = frame.textContent.slice(start, end);
    const before = frame.textContent.slice(0, start);
    this.close();
    getSelection().removeAllRanges();
    const address = `${link.getAttribute("href")}&text=${frame.dataset.side}`;
    write(address, { deed, after: frame, opener: link, given: { words, before } });
  }

  clicked(event) {
    const link = event.target.closest("a[href*='/annotate/']");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      const after = link.closest(".beside-line, ul, p, div");
      write(link.getAttribute("href"), { after, opener: link, given: {} });
    } else if (event.target.closest(FRAME) && getSelection().isCollapsed) {
      this.list(event);
    }
  }

  /** Links to the notes on the words at a point. */
  list({ target, clientX: x, clientY: y }) {
    const holds = (box) => box.left <= x && x <= box.right && box.top <= y && y <= box.bottom;
    const isHere = (range) => [...range.getClientRects()].some(holds);
    const found = this.notes.filter(({ ranges }) => ranges.some(isHere));
    this.close();
    if (!found.length) return;
    const rows = found.map(({ note }) => {
      const says = note.querySelector(".body, .by").textContent.trim();
      const words = [...says].slice(0, 60).join("");
      const link = element("a", { href: `#${note.id}`, dir: "auto" }, words);
      link.addEventListener("click", () => reveal(note));
      return element("li", {}, link);
    });
    const list = element("ul", { "aria-label": "Notes on these words", lang: "en" }, ...rows);
    this.show(list, target.closest(FRAME));
  }
}

async function write(address, where) {
  const { open } = await import("./writing.js");
  open(address, where);
}

if (typeof document !== "undefined" && document.querySelector("a[href*='/annotate/']")) {
  new AtWords();
  const note = document.getElementById(location.hash.slice(1));
  if (note?.matches("article.note")) {
    reveal(note);
    // The draft of a form that was a page of its own
    const isSaved = document.querySelector(".notice[role=status]");
    if (isSaved) localStorage.removeItem(sessionStorage.getItem("sent"));
  }
}
