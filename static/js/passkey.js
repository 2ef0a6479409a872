/* Passkeys: a form whose `credential` the browser fills in. Without it, a password. */

const { credentials } = navigator;
const Key = window.PublicKeyCredential;

/** What the server asks of the browser: on the page, or at the form's own address. */
async function optionsOf(form) {
  const held = document.getElementById("passkey-options");
  if (!form.dataset.options && held) return JSON.parse(held.textContent);
  const answer = await fetch(form.dataset.options, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  return answer.json();
}

/** Ask the browser for a key that it has ("get") or for a new one ("create"). */
async function credentialFor(form) {
  const options = await optionsOf(form);
  if (form.dataset.passkey === "get") {
    const wanted = options.request_options.publicKey;
    return credentials.get({ publicKey: Key.parseRequestOptionsFromJSON(wanted) });
  }
  const wanted = structuredClone(options.creation_options.publicKey);
  const alone = form.elements.passwordless?.checked ?? false;
  wanted.authenticatorSelection = {
    ...wanted.authenticatorSelection,
    residentKey: alone ? "required" : "discouraged",
    requireResidentKey: alone,
    ...(alone && { userVerification: "required" }),
  };
  return credentials.create({ publicKey: Key.parseCreationOptionsFromJSON(wanted) });
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!credentials || !Key?.parseRequestOptionsFromJSON) continue;
  form.hidden = false;
  document.querySelector(".no-script")?.remove();
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      form.elements.credential.value = JSON.stringify(await credentialFor(form));
      form.submit();
    } catch (error) {
      const told = form.querySelector("[role=alert]");
      told.textContent = `${told.dataset.failed} ${error.message}`;
    }
  });
}
