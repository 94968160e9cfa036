// Small helps that pages do without when scripts are off.

// The error summary takes the focus, so that a screen reader starts there.
document.getElementById("fouten")?.focus();

// The name and value of a tile are repeated in words under the map, for who cannot read a tooltip.
for (const map of document.querySelectorAll("[data-map]")) {
  const note = document.getElementById(map.dataset.map);
  const tell = (event) => {
    const tile = event.target.closest("a");
    if (tile && note) note.textContent = tile.getAttribute("aria-label");
  };
  map.addEventListener("mouseover", tell);
  map.addEventListener("focusin", tell);
}
