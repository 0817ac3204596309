// Say it when a passkey did not work: cancelled, no such key, or no connection.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const line of document.querySelectorAll("[data-passkey-error]")) {
    line.hidden = false;
  }
});
