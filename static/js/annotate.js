// Notes light up their words, and selected words get a toolbar. Without this script
// the links beside the lines and the lists of notes do the same.

const QUIET = 200; // milliseconds until a selection is meant
const FRAME = ".line > [data-side]";
const WORD = /[\p{L}\p{M}\p{N}]+(?:['"’׳״]+[\p{L}\p{M}\p{N}]+)*['׳]?/gu;

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
function rangeOf({ frame, span: [start, end] }) {
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
    const frame = document.querySelector(`#line-${number} > [data-side=${side}]`);
    if (!frame || span[0] >= span[1]) return [];
    return [rangeOf({ frame, span: span.map((count) => units(frame.textContent, count)) })];
  });
}

function light(name, notes, priority = 0) {
  if (!globalThis.Highlight) return;
  const highlight = new Highlight(...notes.flatMap(({ ranges }) => ranges));
  highlight.priority = priority;
  CSS.highlights.set(name, highlight);
}

const frameOf = (node) => (node.closest ? node : node.parentElement).closest(FRAME);

/** The whole words of a frame that are in a range: [] or one {frame, span}. */
function pieceOf(frame, range) {
  const words = document.createRange();
  words.selectNodeContents(frame);
  if (frame.contains(range.endContainer)) words.setEnd(range.endContainer, range.endOffset);
  const end = `${words}`.length;
  const isFirst = frame.contains(range.startContainer);
  if (isFirst) words.setStart(range.startContainer, range.startOffset);
  const span = whole(frame.textContent, end - `${words}`.length, end);
  return span ? [{ frame, span }] : [];
}

/** The selected words of one text, line by line; [] where they are of several. */
function selected() {
  const selection = getSelection();
  if (selection.isCollapsed) return [];
  const range = selection.getRangeAt(0).cloneRange();
  const last = selection.getRangeAt(selection.rangeCount - 1);
  range.setEnd(last.endContainer, last.endOffset);
  const [from, to] = [range.startContainer, range.endContainer].map(frameOf);
  const side = from?.dataset.side;
  if (!from || (to && to.dataset.side !== side && pieceOf(to, range).length)) return [];
  return [...document.querySelectorAll(`${FRAME}[data-side=${side}]`)]
    .filter((frame) => range.intersectsNode(frame))
    .flatMap((frame) => pieceOf(frame, range));
}

/** The arrow keys in a toolbar. */
function step(event) {
  const bar = event.currentTarget;
  const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key] * (bar.matches(":dir(rtl)") ? -1 : 1);
  if (!by) return;
  event.preventDefault();
  const buttons = [...bar.children];
  const at = buttons.indexOf(event.target) + by;
  for (const button of buttons) button.tabIndex = -1;
  const next = buttons.at(at % buttons.length);
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
  words = [];

  constructor(template) {
    [this.bar, this.list] = template.content.children;
    this.said = template.nextElementSibling;
    this.bar.addEventListener("keydown", step);
    this.bar.addEventListener("click", ({ target }) => this.act(target.dataset.deed));
    // The selection stands while a button is pressed.
    this.bar.addEventListener("pointerdown", (event) => event.preventDefault());
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
    const [old, now] = [this.words, words].map((all) => `${all.map(({ span }) => span)}`);
    if (words[0]?.frame === this.words[0]?.frame && old === now) return;
    this.close(words);
    if (!words.length) return;
    this.show(this.bar, words.at(-1).frame);
    this.said.textContent = this.said.dataset.how;
  }

  // Selected words have no focus, from which Tab could go on.
  pressed(event) {
    if (event.key === "Escape") this.close(this.words); // which stay selected
    const isAbove = document.activeElement.contains(this.words.at(-1)?.frame ?? null);
    if (event.key !== "Tab" || event.shiftKey || !this.shown || !isAbove) return;
    event.preventDefault();
    this.shown.querySelector("[tabindex='0']").focus();
  }

  show(panel, frame) {
    this.shown = panel;
    frame.after(panel);
  }

  close(words = []) {
    this.shown?.remove();
    this.shown = null;
    this.said.textContent = "";
    this.words = words;
  }

  act(deed) {
    if (!deed) return;
    const pieces = this.words;
    const [{ frame, span: [start] }] = pieces;
    const said = pieces.map((piece) => piece.frame.textContent.slice(...piece.span));
    const given = { words: said.join(" "), before: frame.textContent.slice(0, start) };
    this.close();
    getSelection().removeAllRanges();
    const opener = frame.closest(".line").querySelector("a.annotate");
    const address = `${opener.getAttribute("href")}&text=${frame.dataset.side}`;
    write(address, { deed, after: pieces.at(-1).frame, opener, given });
  }

  clicked(event) {
    const link = event.target.closest("a[href*='/annotate/']");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      const after = link.closest(".beside-line, ul, p, div");
      write(link.getAttribute("href"), { after, opener: link, given: {} });
    } else if (event.target.closest(FRAME) && getSelection().isCollapsed) {
      this.offer(event);
    }
  }

  /** Links to the notes on the words at a point. */
  offer({ target, clientX: x, clientY: y }) {
    const holds = (box) => box.left <= x && x <= box.right && box.top <= y && y <= box.bottom;
    const isHere = (range) => [...range.getClientRects()].some(holds);
    const found = this.notes.filter(({ ranges }) => ranges.some(isHere));
    this.close();
    if (!found.length) return;
    const rows = found.map(({ note }) => {
      const row = document.createElement("li");
      const link = row.appendChild(document.createElement("a"));
      const says = note.querySelector(".body, .by").textContent.trim();
      const words = [...says].slice(0, 60).join("");
      Object.assign(link, { href: `#${note.id}`, dir: "auto", textContent: words });
      link.addEventListener("click", () => reveal(note));
      return row;
    });
    this.list.replaceChildren(...rows);
    this.show(this.list, target.closest(FRAME));
  }
}

async function write(address, where) {
  const { open } = await import("./writing.js");
  open(address, where);
}

if (typeof document !== "undefined") {
  const template = document.getElementById("at-words");
  if (template) new AtWords(template);
  const note = document.getElementById(location.hash.slice(1));
  if (note?.matches("article.note")) reveal(note);
  // The draft of a form that was a page of its own
  if (sessionStorage.getItem("sent")) import("./writing.js");
}
