/* The theme's search, shared out. Its worker reads every word before it answers the first question, which takes seconds
   where there are ten thousand incidents. So it runs several times, and each has a part of the entries: all that is no
   incident and the newest incidents answer at once, the older ones as soon as they are read. What the page sends and
   hears, and the program that searches a part, are the theme's own: its address follows the question mark of ours. */
(function () {
  "use strict";

  var SETUP = 0, READY = 1, QUERY = 2, RESULT = 3; // kinds of messages
  var FIRST = 500; // incidents that answer at once: they are read in an eighth of a second
  var FEW = 1500; // so many older ones are not worth a worker of their own
  var MOST = 4; // workers for the older ones

  var theme = new URL(location.search.slice(1), location.href);
  var given, left; // what the page sent, and the parts of it that nobody has yet
  var parts = [];
  var asked = null; // the last question
  var answering = null; // the question that is being answered, and by whom

  function Part(docs) {
    var part = this;
    this.ready = this.lost = false;
    this.answer = null;
    this.worker = new Worker(theme);
    this.worker.onmessage = function (event) { part.hear(event.data); };
    this.worker.onerror = function () { // one that cannot be loaded holds nobody up
      part.lost = true;
      part.hear(part.ready ? { type: RESULT, data: { items: [] } } : { type: READY });
    };
    this.worker.postMessage({ type: SETUP, data: Object.assign({}, given, { docs: docs }) });
  }

  Part.prototype.ask = function (question) {
    this.answer = this.lost ? { items: [] } : null;
    if (!this.lost) this.worker.postMessage({ type: QUERY, data: question });
  };

  Part.prototype.hear = function (message) {
    if (message.type === RESULT) {
      this.answer = message.data;
      tell();
    } else if (message.type === READY) {
      this.ready = true;
      if (this === parts[0]) {
        postMessage(message);
        while (left.length) parts.push(new Part(left.shift()));
      }
      ask();
    }
  };

  function ready() {
    return parts.filter(function (part) { return part.ready; });
  }

  // One question at a time: whoever types on asks the last one next, and no other.
  function ask() {
    var those = ready();
    if (asked === null || answering !== null || !those.length) return;
    answering = { question: asked, by: those };
    those.forEach(function (part) { part.ask(asked); });
    tell();
  }

  function tell() {
    if (answering === null || answering.by.some(function (part) { return part.answer === null; })) return;
    var done = answering;
    answering = null;
    if (done.question === asked) postMessage({ type: RESULT, data: joined(done.by) });
    if (done.question !== asked || done.by.length < ready().length) ask();
  }

  function joined(those) {
    var answers = those.map(function (part) { return part.answer; });
    var items = [].concat.apply([], answers.map(function (answer) { return answer.items; }));
    items.sort(function (one, other) { return best(other) - best(one); });
    return Object.assign({}, answers[0], { items: items }); // what it suggests are the newest ones' words
  }

  function best(entries) {
    return Math.max.apply(null, entries.map(function (entry) { return entry.score; }));
  }

  function isIncident(doc) {
    return doc.location.indexOf("incidents/") === 0;
  }

  // The newest incident stands first.
  function shared(docs) {
    var incidents = docs.filter(isIncident);
    var old = incidents.slice(FIRST);
    if (old.length < FEW) return [docs];
    var count = Math.min(MOST, navigator.hardwareConcurrency || 1, Math.ceil(old.length / FEW));
    var first = docs.filter(function (doc) { return !isIncident(doc); }).concat(incidents.slice(0, FIRST));
    return [first].concat(Array.from({ length: count }, function (_, part) {
      return old.filter(function (_, index) { return index % count === part; });
    }));
  }

  function hear(event) {
    if (event.data.type === SETUP) {
      given = event.data.data;
      left = shared(given.docs);
      parts.push(new Part(left.shift()));
    } else if (event.data.type === QUERY) {
      asked = event.data.data;
      ask();
    }
  }

  // Where a worker cannot have workers (Safari before 15.5), the theme's program runs in this one, alone.
  function alone() {
    var load = self.importScripts;
    self.importScripts = function () {
      return load.apply(self, Array.from(arguments, function (each) { return new URL(each, theme); }));
    };
    load.call(self, theme);
  }

  if (self.Worker) self.onmessage = hear;
  else alone();
})();
