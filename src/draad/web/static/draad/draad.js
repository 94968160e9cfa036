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

// A map is one stop for the tab key; the arrow keys go from place to place.
const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function centre(place) {
  const box = place.getBoundingClientRect();
  return [box.left + box.width / 2, box.top + box.height / 2];
}

// The nearest place that lies in that direction: a step aside counts double.
function neighbour(places, from, [right, down]) {
  const [x, y] = centre(from);
  let best = null;
  let least = Infinity;
  for (const place of places) {
    const [px, py] = centre(place);
    const along = (px - x) * right + (py - y) * down;
    const aside = Math.abs((px - x) * down) + Math.abs((py - y) * right);
    if (along > 1 && aside <= along * 2 && along + 2 * aside < least) {
      least = along + 2 * aside;
      best = place;
    }
  }
  return best;
}

document.addEventListener("keydown", (event) => {
  const direction = DIRECTIONS[event.key];
  const from = direction && event.target.closest?.("[data-map] a");
  if (!from) return;
  event.preventDefault();
  const to = neighbour(from.closest("[data-map]").querySelectorAll("a"), from, direction);
  if (!to) return;
  from.setAttribute("tabindex", "-1");
  to.removeAttribute("tabindex");
  to.focus();
});
