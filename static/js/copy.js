// A button that copies the text of the frame marked data-copy. Without this script
// the frame is there to select.

/** The text of a frame: one line for each of its paragraphs. */
export function textOf(frame) {
  return [...frame.children].map((each) => each.textContent.trim()).join("\n");
}

/** Copy words; where the browser refuses, leave the frame selected. True if copied. */
export async function copy(words, frame) {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    getSelection().selectAllChildren(frame);
    return false;
  }
}

function offer(frame, status) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button";
  button.textContent = frame.dataset.copy;
  button.addEventListener("click", async () => {
    const copied = await copy(textOf(frame), frame);
    status.textContent = copied ? frame.dataset.copied : frame.dataset.failed;
  });
  frame.after(button);
}

if (typeof document !== "undefined") {
  const frame = document.querySelector("[data-copy]");
  if (frame) offer(frame, document.querySelector("[role=status]"));
}
