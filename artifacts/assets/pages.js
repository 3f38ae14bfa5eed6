"use strict";
// Filters the list of all figures as one types: each word must stand somewhere in the row.
addEventListener("DOMContentLoaded", () => {
  const box = document.querySelector(".filter");
  const [field, told] = [box.querySelector("input"), box.querySelector("output")];
  const rows = [...document.querySelectorAll(".figures tbody tr")];
  const texts = rows.map((row) => `${row.id} ${row.textContent}`.toLowerCase());
  const filter = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    rows.forEach((row, place) => {
      row.hidden = !words.every((word) => texts[place].includes(word));
    });
    for (const part of document.querySelectorAll(".figures, .figures table")) {
      part.hidden = !part.querySelector("tbody tr:not([hidden])");
    }
    const left = rows.filter((row) => !row.hidden).length;
    told.textContent = words.length ? `${left} of ${rows.length}` : "";
  };
  field.addEventListener("input", filter);
  // Who comes by an address sees its row, whatever is in the field.
  addEventListener("hashchange", () => {
    const row = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (row?.hidden) {
      field.value = "";
      filter();
      row.scrollIntoView();
    }
  });
  box.hidden = false;
});
