/* One step of the Tab key for a strip, not one for each of its days: arrows, Home and End go from day to day, Escape takes the words
   away. Without it every day is a link like any other, and the table below the strips says the same. */
(function () {
  "use strict";

  var STEPS = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity };

  function moved(strip, event) {
    var days = Array.from(strip.querySelectorAll("a"));
    var here = days.indexOf(document.activeElement);
    strip.classList.toggle("pm-quiet", event.key === "Escape");
    if (here < 0 || !(event.key in STEPS) || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    var next = days[Math.min(days.length - 1, Math.max(0, here + STEPS[event.key]))];
    days.forEach(function (day) { day.tabIndex = -1; });
    next.tabIndex = 0;
    next.focus();
  }

  function prepared(strip) {
    var days = strip.querySelectorAll("a");
    if (strip.dataset.steps || !days.length) return;
    strip.dataset.steps = days.length;
    days.forEach(function (day, number) { day.tabIndex = number === days.length - 1 ? 0 : -1; });
    strip.addEventListener("keydown", moved.bind(null, strip));
    strip.addEventListener("pointerenter", function () { strip.classList.remove("pm-quiet"); });
  }

  function dress() {
    document.querySelectorAll(".pm-strip").forEach(prepared);
  }

  // The theme may change pages without loading them anew; it tells of each through document$.
  if (typeof document$ !== "undefined") document$.subscribe(dress);
  else dress();
})();
