// Say it when a passkey did not work: cancelled, no such key, or no connection.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const line of document.querySelectorAll("[data-passkey-error]")) {
    line.hidden = false;
  }
});

// Of somebody who has just chosen a passkey: one tap less. If the browser wants a tap, the button is
// there. allauth's script listens to it from DOMContentLoaded on.
document.addEventListener("DOMContentLoaded", () => {
  document.querySelector("[data-at-once]")?.click();
});
