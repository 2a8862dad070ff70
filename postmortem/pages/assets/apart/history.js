/* Filters for the history. The form's controls are the state and the address holds it (?impact=…&text=…), so that a view
   can be shared and back and forward work. rows.json is asked for once, when somebody begins to filter; texts from it
   become text nodes, never HTML. However many match, the document holds a hundred rows until more are asked for. */
(function () {
  "use strict";

  const STEP = 100;
  const DAY = 86400000;
  const LONG = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

  function element(name, className, text) {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function folded(text) {
    return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  }

  function plural(number, word) {
    return number.toLocaleString("en-GB") + " " + word + (number === 1 ? "" : "s");
  }

  /* What rows.json says, made ready: each row's day, its words to search. */
  function prepared(table) {
    let day = 0;
    table.days = table.day.map(function (step) { return (day += step); });
    const named = ["services", "models", "causes", "providers"].map(function (kind) {
      const names = table.names[kind];
      const words = table[kind].values.map(function (ids) {
        return folded(ids.map(function (id) { return id + " " + (names[id] || ""); }).join(" "));
      });
      return { of: table[kind].of, words: words };
    });
    table.ids = table.id.map(function (rest, row) { return rest[0] === "-" ? iso(table.days[row]) + rest : rest; });
    table.words = table.title.map(function (title, row) {
      const own = folded(title + " " + table.ids[row]);
      return own + " " + named.map(function (each) { return each.words[each.of[row]]; }).join(" ");
    });
    return table;
  }

  function iso(day) {
    return new Date(day * DAY).toISOString().slice(0, 10);
  }

  /* For each filter: what is wanted, and the table, in; a test of a row's number out. */
  function among(column, wanted) {
    return function (table, value) {
      const fits = table[column].values.map(function (each) { return wanted(each, value); });
      const of = table[column].of;
      return function (row) { return fits[of[row]]; };
    };
  }

  function holds(ids, id) { return ids.includes(id); }

  const TESTS = {
    impact: among("marks", function (marks, name) { return marks.affected.includes(name); }),
    severity: among("severity", function (severity, wanted) { return orWorse(wanted).includes(severity[0]); }),
    provider: among("providers", holds),
    service: among("services", holds),
    model: among("models", holds),
    cause: among("causes", holds),
    year: function (table, year) {
      const first = Date.UTC(Number(year), 0, 1) / DAY, next = Date.UTC(Number(year) + 1, 0, 1) / DAY;
      return function (row) { return table.days[row] >= first && table.days[row] < next; };
    },
    text: function (table, text) {
      const terms = folded(text).split(/\s+/).filter(Boolean);
      return function (row) { return terms.every(function (term) { return table.words[row].includes(term); }); };
    },
  };

  function orWorse(severity) {
    const all = ["critical", "major", "minor"];
    return all.includes(severity) ? all.slice(0, all.indexOf(severity) + 1) : [severity];
  }

  function matching(table, wanted) {
    const tests = wanted.map(function (each) { return TESTS[each.key](table, each.value); });
    const found = [];
    for (let row = 0; row < table.title.length; row++) {
      if (tests.every(function (test) { return test(row); })) found.push(row);
    }
    return found;
  }

  /* Where nothing matches: the smallest sets of filters to drop, each with how many rows fit without it. */
  function obstacles(table, wanted) {
    const tests = wanted.map(function (each) { return TESTS[each.key](table, each.value); });
    const counts = new Map(); // by which filters a row fails, as bits
    for (let row = 0; row < table.title.length; row++) {
      const fails = tests.reduce(function (bits, test, index) { return test(row) ? bits : bits | (1 << index); }, 0);
      counts.set(fails, (counts.get(fails) || 0) + 1);
    }
    const sets = [...counts].map(function (each) {
      return { dropped: wanted.filter(function (_, index) { return each[0] & (1 << index); }), count: each[1] };
    });
    const fewest = Math.min(...sets.map(function (each) { return each.dropped.length; }));
    return sets.filter(function (each) { return each.dropped.length === fewest; })
      .sort(function (one, other) { return other.count - one.count; });
  }

  /* One row, as templates/lists/rows.html writes it. */
  function drawn(table, row) {
    const line = element("li");
    const day = element("span", "pm-row-day");
    const time = element("time", "", LONG.format(table.days[row] * DAY));
    time.dateTime = iso(table.days[row]);
    day.append(time);
    const severity = table.severity.values[table.severity.of[row]];
    const state = element("span", "pm-state pm-row-severity", severity[1]);
    state.dataset.look = severity[0];
    line.append(day, state, what(table, row), marks(table, table.marks.values[table.marks.of[row]]), spans(table, row));
    return line;
  }

  function what(table, row) {
    const cell = element("div", "pm-row-what");
    const link = element("a", "", table.title[row]);
    link.href = "../incidents/" + encodeURIComponent(table.ids[row]) + "/";
    cell.append(link);
    const state = table.state.values[table.state.of[row]];
    if (state) cell.append(" ", element("span", "pm-flag", state));
    const ids = table.services.values[table.services.of[row]];
    const names = ids.map(function (id) { return table.names.services[id] || id; });
    cell.append(element("span", "pm-note", names.join(", ")));
    return cell;
  }

  function marks(table, given) {
    const cell = element("span", "pm-marks");
    const seen = element("span");
    seen.setAttribute("aria-hidden", "true");
    given.looks.forEach(function (look, index) {
      const mark = element("i", "", look === "unknown" ? "?" : table.letters[index]);
      mark.dataset.look = look;
      seen.append(mark);
    });
    cell.append(seen, element("span", "pm-sr", given.told));
    return cell;
  }

  function spans(table, row) {
    const cell = element("span", "pm-note pm-row-time");
    const impact = table.span.values[table.span.of[row]], open = table.open.values[table.open.of[row]];
    if (impact) cell.append(element("span", "", "Impact " + impact));
    if (open) cell.append(" ", element("span", "", "Open " + open));
    return cell;
  }

  function start() {
    const form = document.querySelector("form.pm-filters[hidden]");
    if (!form) return;
    const place = document.querySelector(".pm-found"), rest = document.querySelector(".pm-unfiltered");
    const status = form.querySelector("[role=status]"), clear = form.querySelector(".pm-clear");
    const list = place.querySelector("ol"), none = place.querySelector(".pm-found-none");
    const legend = place.querySelector(".pm-legend");
    const more = place.querySelector(".pm-found-rest"), button = more.querySelector("button");
    const controls = [...form.elements].filter(function (each) { return each.name in TESTS; });
    const total = status.textContent;
    let asked = null, found = [], shown = 0, typing = false;

    function loaded() {
      asked = asked || fetch(form.dataset.rows).then(function (answer) {
        if (!answer.ok) throw new Error(answer.status);
        return answer.json();
      }).then(prepared);
      return asked;
    }

    function wanted() {
      return controls.filter(function (each) { return each.value.trim(); }).map(function (each) {
        const said = each.selectedOptions ? each.selectedOptions[0].textContent : "“" + each.value.trim() + "”";
        return { key: each.name, value: each.value.trim(), label: each.labels[0].textContent + ": " + said };
      });
    }

    function fromAddress() {
      const given = new URLSearchParams(location.search);
      controls.forEach(function (each) {
        const value = given.get(each.name) || "";
        const known = !each.options || [...each.options].some(function (one) { return one.value === value; });
        if (!known) each.append(new Option(value, value)); // a shared address may name what is not here
        each.value = value;
      });
    }

    function toAddress(quietly) {
      const kept = new URLSearchParams(location.search);
      controls.forEach(function (each) {
        if (each.value.trim()) kept.set(each.name, each.value.trim());
        else kept.delete(each.name);
      });
      const query = kept.toString() ? "?" + kept : "";
      if (query === location.search) return;
      history[quietly ? "replaceState" : "pushState"](history.state, "", location.pathname + query);
    }

    function grow(table) {
      const next = found.slice(shown, shown + STEP);
      list.append(...next.map(function (row) { return drawn(table, row); }));
      shown += next.length;
      const left = found.length - shown;
      more.hidden = !left;
      button.textContent = "Show " + Math.min(STEP, left) + " more of " + left.toLocaleString("en-GB");
    }

    function renew(table, rows) {
      if (rows.length === found.length && rows.every(function (row, at) { return row === found[at]; })) return;
      found = rows;
      shown = 0;
      list.replaceChildren();
      grow(table);
    }

    function drop(dropped, count) {
      const names = dropped.map(function (each) { return each.label; }).join(" and ");
      const made = element("button", "pm-drop", "Drop " + names + " (" + plural(count, "record") + ")");
      made.type = "button";
      made.addEventListener("click", function () {
        dropped.forEach(function (each) { form.elements[each.key].value = ""; });
        toAddress(false);
        show();
        form.elements[dropped[0].key].focus();
      });
      return made;
    }

    function show() {
      const filters = wanted();
      clear.hidden = !filters.length;
      if (!filters.length) {
        place.hidden = true;
        rest.hidden = false;
        status.textContent = total;
        return;
      }
      if (!asked) status.textContent = "Loading …";
      loaded().then(function (table) {
        if (!form.isConnected || JSON.stringify(wanted()) !== JSON.stringify(filters)) return;
        renew(table, matching(table, filters));
        none.hidden = found.length > 0;
        legend.hidden = list.hidden = !found.length;
        if (!found.length) {
          const drops = obstacles(table, filters).map(function (each) { return drop(each.dropped, each.count); });
          none.replaceChildren("No record fits all of these. ", ...drops);
        }
        status.textContent = found.length.toLocaleString("en-GB") + " of " + plural(table.title.length, "record");
        place.hidden = false;
        rest.hidden = true;
      }).catch(function () {
        asked = null;
        status.textContent = "The list could not be loaded. The years below hold every incident.";
      });
    }

    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.addEventListener("focusin", function () { loaded().catch(function () { asked = null; }); }, { once: true });
    form.addEventListener("input", function (event) {
      const words = event.target.name === "text";
      toAddress(words && typing);
      typing = words;
      show();
    });
    form.addEventListener("focusout", function () { typing = false; });
    clear.addEventListener("click", function () {
      controls.forEach(function (each) { each.value = ""; });
      toAddress(false);
      show();
      controls[0].focus();
    });
    button.addEventListener("click", function () {
      loaded().then(function (table) {
        const first = shown;
        grow(table);
        list.children[first].querySelector("a").focus();
      });
    });
    addEventListener("popstate", function () {
      if (!form.isConnected) return;
      fromAddress();
      show();
    });
    form.hidden = false;
    fromAddress();
    show();
  }

  // The theme may change pages without loading them anew; it tells of each through document$.
  if (typeof document$ !== "undefined") document$.subscribe(start);
  else start();
})();
