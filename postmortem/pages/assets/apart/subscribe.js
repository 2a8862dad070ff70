/* A button beside each address that copies it. Without it the address can be marked and copied by hand. */
(function () {
  "use strict";

  function copying(line) {
    var code = line.querySelector("code");
    if (!code || line.querySelector("button") || !navigator.clipboard) return;
    var button = document.createElement("button");
    button.type = "button";
    button.className = "md-button";
    button.textContent = "Copy";
    button.setAttribute("aria-label", "Copy " + code.textContent);
    var told = document.createElement("span");
    told.className = "pm-sr";
    told.setAttribute("role", "status");
    button.addEventListener("click", function () {
      navigator.clipboard.writeText(code.textContent).then(
        function () { button.textContent = "Copied"; told.textContent = "Copied"; },
        function () { button.textContent = "Not copied"; told.textContent = "The browser did not allow copying"; }
      );
    });
    button.addEventListener("blur", function () { button.textContent = "Copy"; told.textContent = ""; });
    line.append(button, told);
  }

  function dress() { document.querySelectorAll(".pm-copy").forEach(copying); }

  if (typeof document$ !== "undefined") document$.subscribe(dress);
  else dress();
})();
