/** Sends a form's answer without leaving the page, so that a lost connection loses nothing. */
const AGAIN_AFTER = 4000;

export function saveWithoutLoss(form) {
  if (!form) return;
  const lost = form.querySelector("[data-lost]");
  const button = form.querySelector("button");
  // A field of the form is called action.
  const address = form.getAttribute("action");
  let sending = false;

  async function send() {
    try {
      const body = new URLSearchParams(new FormData(form));
      const response = await fetch(address, { method: "POST", body });
      // Something between here and the site answers for a site that is away.
      if (response.status > 500) throw new Error(response.statusText);
      // In the place of the form, so that the way back leads to what was answered. An answer that
      // was not taken as it is is sent once more: the browser shows why.
      if (response.redirected) location.replace(response.url);
      else form.submit();
    } catch {
      lost.textContent = lost.dataset.lost;
      setTimeout(send, AGAIN_AFTER);
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (sending) return;
    sending = true;
    button.setAttribute("aria-disabled", "true");
    send();
  });
}
