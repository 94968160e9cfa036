// Brings the value under review into view in the document beside it; without script a link does the same.
const leaf = document.querySelector(".draad-leaf");
const place = document.getElementById("plaats");
if (leaf && place) leaf.scrollTop = place.offsetTop - leaf.offsetTop - leaf.clientHeight / 3;
