"use strict";
// The other edition is opened at the place that is read here: its headings have the same ids.
addEventListener("DOMContentLoaded", () => {
  const link = document.querySelector("a.edition-switch");
  link.addEventListener("click", () => {
    const read = [...document.querySelectorAll("main [id]")].filter(
      (part) => part.offsetParent && part.getBoundingClientRect().top < innerHeight / 3,
    );
    link.hash = scrollY && read.length ? read.at(-1).id : "";
  });
});
