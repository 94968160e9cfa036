// Says in words that a passkey did not work, and hides the parts that this browser cannot do.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const note = document.querySelector("[data-passkey-error]");
  if (note) note.hidden = false;
});
if (!window.PublicKeyCredential) {
  for (const part of document.querySelectorAll("[data-passkey]")) part.hidden = true;
}
