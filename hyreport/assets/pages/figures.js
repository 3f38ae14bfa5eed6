"use strict";
// Filters the list of all figures as one types: each word must stand somewhere in the row, but for
// the pages that use it and the line to cite; a Chinese word may stand there in parts.
addEventListener("DOMContentLoaded", () => {
  const box = document.querySelector(".filter");
  const [field, told] = [box.querySelector("input"), box.querySelector("output")];
  const rows = [...document.querySelectorAll(".figures tbody tr")];
  const plain = (text) => text.normalize("NFKC").toLowerCase();
  const texts = rows.map((row) => {
    const copy = row.cloneNode(true);
    copy.querySelectorAll("details, td:last-child").forEach((part) => part.remove());
    return plain(`${row.id} ${row.dataset.also ?? ""} ${copy.textContent}`);
  });
  const holds = (text, word) => {
    if (text.includes(word)) {
      return true;
    }
    for (let cut = word.length - 2; cut > 1 && /^\p{Script=Han}+$/u.test(word); cut -= 1) {
      if (text.includes(word.slice(0, cut))) {
        return holds(text, word.slice(cut));
      }
    }
    return false;
  };
  const filter = () => {
    const words = plain(field.value).split(/[\s,;、]+/).filter(Boolean);
    rows.forEach((row, place) => {
      row.hidden = !words.every((word) => holds(texts[place], word));
    });
    for (const part of document.querySelectorAll(".figures, .figures table")) {
      part.hidden = !part.querySelector("tbody tr:not([hidden])");
    }
    const left = rows.filter((row) => !row.hidden).length;
    const hint = left ? "" : box.dataset.hint;
    const count = box.dataset.count.replace("[left]", left).replace("[all]", rows.length);
    told.textContent = words.length ? count + hint : "";
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
