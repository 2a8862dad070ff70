/* The reader's own time beside UTC, and a button that prints. Nothing depends on it: without it every page says the
   same in UTC, and a browser prints from its menu. It asks nobody and keeps nothing. */
(function () {
  "use strict";

  var DATE = { day: "numeric", month: "long" };
  var CLOCK = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  var LANGUAGE = "en-GB"; // the language of our words, and the order of our dates

  function told(time) {
    var at = new Date(time.getAttribute("datetime"));
    if (isNaN(at) || at.getTimezoneOffset() === 0) return "";
    var sameDay = at.getDate() === at.getUTCDate();
    var clock = at.toLocaleTimeString(LANGUAGE, CLOCK);
    return (sameDay ? "" : at.toLocaleDateString(LANGUAGE, DATE) + ", ") + clock + " your time";
  }

  function beside(time) {
    var text = told(time);
    if (!text) return;
    var local = document.createElement("span");
    local.className = "pm-local";
    local.textContent = " (" + text + ")";
    local.title = Intl.DateTimeFormat().resolvedOptions().timeZone || "";
    (time.closest(".pm-time") || time).after(local);
  }

  function printing(row) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "md-button";
    button.textContent = "Print";
    button.addEventListener("click", function () { window.print(); });
    row.append(button);
  }

  // What the theme adds late: a table that scrolls sideways comes within reach of the keyboard, and the one button above
  // a piece of code is no part of the navigation.
  function reachable() {
    document.querySelectorAll(".md-typeset__scrollwrap:not([tabindex])").forEach(function (wrap) { wrap.tabIndex = 0; });
    document.querySelectorAll(".md-code__nav:not([role])").forEach(function (nav) { nav.setAttribute("role", "none"); });
  }

  function watched() {
    reachable();
    var article = document.querySelector("article");
    if (article && article.querySelector("pre, table")) {
      new MutationObserver(reachable).observe(article, { childList: true, subtree: true });
    }
  }

  function dress() {
    watched();
    if (document.querySelector(".pm-local, .pm-downloads button")) return;
    document.querySelectorAll(".pm-time time, .pm-clocks time").forEach(beside);
    document.querySelectorAll(".pm-downloads").forEach(printing);
  }

  // The theme may change pages without loading them anew; it tells of each through document$.
  if (typeof document$ !== "undefined") document$.subscribe(dress);
  else dress();
})();
