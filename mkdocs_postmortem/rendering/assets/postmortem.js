/* mkdocs-postmortem: the zone switch and the filter by kind above timelines, and the folds in long ones. Without
   it, times stand in the page's zone and every entry is shown. */
(function () {
  "use strict";
  var KEY = "pm-zone";
  var language = "en";
  var MANY = 8; // fewer entries are read faster than filtered
  var LONG = 20; // from so many entries on, runs of plain actions are folded
  var RUN = 3; // a shorter run is not worth a click

  function load() {
    try { return localStorage.getItem(KEY) || "page"; } catch (error) { return "page"; }
  }
  function save(value) {
    try { localStorage.setItem(KEY, value); } catch (error) { /* private mode: not remembered */ }
  }
  function all(selector, root) { return Array.prototype.slice.call((root || document).querySelectorAll(selector)); }
  function make(tag, name, text) {
    var element = document.createElement(tag);
    element.className = name;
    if (text) { element.textContent = text; }
    return element;
  }
  function group(name, label) {
    var element = make("div", name);
    element.setAttribute("role", "group");
    element.setAttribute("aria-label", label);
    return element;
  }
  function button(name, pressed, press) {
    var element = make("button", name);
    element.type = "button";
    element.setAttribute("aria-pressed", String(pressed));
    element.addEventListener("click", press);
    return element;
  }

  /* Zones. What the page says in its own zone is kept in data-page. */
  function own(element) {
    if (!element.hasAttribute("data-page")) { element.setAttribute("data-page", element.textContent); }
    return element.getAttribute("data-page");
  }
  function readersZone() { return Intl.DateTimeFormat().resolvedOptions().timeZone; }
  function two(number) { return (number < 10 ? "0" : "") + number; }
  function clockOf(moment, zone, seconds) {
    var utc = zone === "utc";
    var text = two(utc ? moment.getUTCHours() : moment.getHours()) + ":" +
      two(utc ? moment.getUTCMinutes() : moment.getMinutes());
    return seconds ? text + ":" + two(utc ? moment.getUTCSeconds() : moment.getSeconds()) : text;
  }
  function dayOf(moment, zone) {
    return new Intl.DateTimeFormat(language, {
      numberingSystem: "latn", weekday: "short", year: "numeric", month: "short", day: "numeric",
      timeZone: zone === "utc" ? "UTC" : undefined
    }).format(moment);
  }
  function showTime(element, zone) {
    var page = own(element);
    element.removeAttribute("title");
    element.textContent = page;
    if (zone === "page") { return; }
    var moment = new Date(element.getAttribute("datetime"));
    element.textContent = clockOf(moment, zone, page.length > 5);
    element.title = dayOf(moment, zone);
  }
  function showSpan(span, zone) {
    var before = "";
    all(".pm-day[data-at]", span).forEach(function (element) {
      var page = own(element);
      var day = dayOf(new Date(element.getAttribute("data-at")), zone);
      element.textContent = zone === "page" ? page : day === before ? "" : day;
      before = day;
    });
  }

  function Timeline(bar) {
    var holder = bar.closest("[lang]");
    language = (holder && holder.lang) || "en";
    this.bar = bar;
    this.words = JSON.parse(bar.getAttribute("data-words"));
    this.zone = load();
    this.kinds = []; // those that are shown; none means all
    this.isPrinted = false;
    this.entries = all("ol.pm-timeline > li.pm-entry").filter(function (element) {
      return !element.closest(".pm-quote"); // the timeline of another page has its own days
    }).map(readEntry);
    this.build();
    this.runs = this.entries.length < LONG ? [] : this.findRuns().map(this.fold, this);
    this.show();
    this.follow();
  }
  /* An entry's day is its own heading's or that of the entry before. */
  function readEntry(element) {
    var kind = /pm-kind--([a-z]+)/.exec(element.className);
    return {
      element: element,
      kind: kind ? kind[1] : "",
      head: element.querySelector(".pm-entry__head"),
      day: element.querySelector(".pm-entry__day"),
      time: element.querySelector("time.pm-time[datetime]"),
      icon: element.querySelector(".pm-entry__node .pm-icon"),
      folds: Boolean(element.querySelector(".pm-entry__node--plain")) && !element.querySelector(".pm-entry__day, .pm-entry__gap")
    };
  }
  Timeline.prototype.build = function () {
    if (this.entries.some(function (entry) { return entry.time; })) { this.buildZones(); }
    if (this.entries.length >= MANY) { this.buildKinds(); }
  };
  Timeline.prototype.buildZones = function () {
    var self = this;
    var zones = group("pm-zones", this.words.zone_choice);
    ["page", "utc", "mine"].forEach(function (zone) {
      var choice = button("pm-zones__button", false, function () { self.zone = zone; save(zone); self.show(); });
      choice.value = zone;
      choice.textContent = zone === "utc" ? "UTC" : zone === "page" ? self.writtenZone() :
        self.words.zone_mine.replace("{zone}", readersZone());
      zones.appendChild(choice);
    });
    this.bar.insertBefore(zones, this.bar.firstChild);
  };
  /* Times of two zones are named by neither. */
  Timeline.prototype.writtenZone = function () {
    var zones = all(".pm-zone").map(own).filter(function (zone, at, found) { return zone && found.indexOf(zone) === at; });
    return zones.length === 1 ? this.words.zone_page.replace("{zone}", zones[0]) : this.words.written_time;
  };
  Timeline.prototype.buildKinds = function () {
    var self = this;
    var found = Object.keys(this.words.kinds).map(function (kind) {
      return { kind: kind, entries: self.entries.filter(function (entry) { return entry.kind === kind; }) };
    }).filter(function (item) { return item.entries.length; });
    if (found.length < 2) { return; }
    var kinds = group("pm-kinds", this.words.kind_choice);
    found.forEach(function (item) {
      var choice = button("pm-kinds__button pm-kind--" + item.kind, false, function () { self.toggle(item.kind); });
      var drawn = item.entries.filter(function (entry) { return entry.icon; })[0];
      choice.value = item.kind;
      if (drawn) { choice.appendChild(drawn.icon.cloneNode(true)); }
      choice.appendChild(make("span", "pm-kinds__name", self.words.kinds[item.kind]));
      choice.appendChild(make("span", "pm-kinds__count", String(item.entries.length)));
      kinds.appendChild(choice);
    });
    this.bar.appendChild(kinds);
  };
  /* Plain actions one after the other, within a day and without a long pause. */
  Timeline.prototype.findRuns = function () {
    var runs = [];
    this.entries.forEach(function (entry, at, entries) {
      var before = entries[at - 1], run = runs[runs.length - 1];
      if (!entry.folds) { return; }
      if (before && before.folds && before.element === entry.element.previousElementSibling) { run.push(entry); }
      else { runs.push([entry]); }
    });
    return runs.filter(function (run) { return run.length >= RUN; });
  };
  Timeline.prototype.fold = function (entries) {
    var self = this;
    var run = { entries: entries, isOpen: false, row: make("li", "pm-entry pm-entry--run"), button: make("button", "pm-run") };
    run.button.type = "button";
    run.button.addEventListener("click", function () { run.isOpen = !run.isOpen; self.show(); });
    var head = make("span", "pm-entry__head");
    head.append(make("span", "pm-entry__node pm-entry__node--plain"));
    run.row.append(head, run.button);
    entries[0].element.before(run.row);
    return run;
  };
  Timeline.prototype.showRun = function (run) {
    var isFolded = !run.isOpen && !this.kinds.length && !this.isPrinted;
    var times = run.entries.reduce(function (found, entry) { return found.concat(all(".pm-entry__link", entry.head)); }, [])
      .map(function (link) { return link.textContent.trim().split("–"); });
    run.row.hidden = this.kinds.length > 0;
    run.button.setAttribute("aria-expanded", String(run.isOpen));
    run.button.textContent = this.words.actions_run.replace("{n}", run.entries.length)
      .replace("{start}", times[0][0]).replace("{end}", times[times.length - 1].pop());
    run.entries.forEach(function (entry) { entry.element.classList.toggle("pm-entry--folded", isFolded); });
  };
  Timeline.prototype.toggle = function (kind) {
    var place = this.kinds.indexOf(kind);
    if (place < 0) { this.kinds.push(kind); } else { this.kinds.splice(place, 1); }
    this.show();
  };
  Timeline.prototype.show = function () {
    var self = this;
    all("time.pm-time[datetime]").forEach(function (element) { showTime(element, self.zone); });
    all(".pm-span").forEach(function (span) { showSpan(span, self.zone); });
    all(".pm-zone").forEach(function (element) {
      var page = own(element);
      element.textContent = self.zone === "page" ? page :
        self.zone === "utc" ? "UTC" : readersZone();
    });
    all(".pm-entry__zone").forEach(function (element) { element.hidden = self.zone !== "page"; });
    this.entries.forEach(function (entry) {
      entry.element.hidden = self.kinds.length > 0 && self.kinds.indexOf(entry.kind) < 0;
    });
    this.runs.forEach(this.showRun, this);
    this.showDays();
    all(".pm-zones__button", this.bar).forEach(function (choice) {
      choice.setAttribute("aria-pressed", String(choice.value === self.zone));
    });
    all(".pm-kinds__button", this.bar).forEach(function (choice) {
      choice.setAttribute("aria-pressed", String(self.kinds.indexOf(choice.value) >= 0));
    });
  };
  function isHidden(element) { return element.hidden || element.classList.contains("pm-entry--folded"); }
  /* In another zone, or with entries left out, days begin at other entries. */
  Timeline.prototype.showDays = function () {
    var self = this;
    var asWritten = this.zone === "page" && !this.kinds.length;
    var day = "", shown = "";
    all(".pm-entry__day--made").forEach(function (element) { element.remove(); });
    this.entries.forEach(function (entry) {
      if (entry.day) { entry.day.hidden = !asWritten; }
      if (asWritten || !entry.head) { return; }
      if (self.zone === "page") { day = entry.day ? entry.day.textContent : day; }
      else if (entry.time) { day = dayOf(new Date(entry.time.getAttribute("datetime")), self.zone); }
      if (!isHidden(entry.element) && day !== shown) {
        entry.head.insertBefore(make("span", "pm-entry__day pm-entry__day--made", day), entry.head.firstChild);
        shown = day;
      }
    });
  };
  /* A link to an entry that is filtered away shows all, one to a folded entry its run. */
  Timeline.prototype.follow = function () {
    var target = window.location.hash.length > 1 && document.getElementById(window.location.hash.slice(1));
    if (!target || !isHidden(target) || !this.bar.isConnected) { return; }
    if (target.hidden) { this.kinds = []; }
    this.runs.forEach(function (run) {
      run.isOpen = run.isOpen || run.entries.some(function (entry) { return entry.element === target; });
    });
    this.show();
    target.scrollIntoView();
  };

  var timeline = null;
  function start() {
    var bar = document.querySelector(".pm-timeline-bar");
    if (bar && !(timeline && timeline.bar === bar)) { timeline = new Timeline(bar); }
  }
  window.addEventListener("hashchange", function () { if (timeline) { timeline.follow(); } });
  function print(isPrinted) {
    if (!timeline) { return; }
    timeline.isPrinted = isPrinted;
    if (isPrinted) { timeline.kept = timeline.kinds; }
    timeline.kinds = isPrinted ? [] : timeline.kept;
    timeline.show();
  }
  window.addEventListener("beforeprint", function () { print(true); });
  window.addEventListener("afterprint", function () { print(false); });
  // Material's instant navigation tells of each new page; on pages opened as files it tells nothing.
  if (window.document$ && window.document$.subscribe) { window.document$.subscribe(start); }
  if (document.readyState === "loading") { document.addEventListener("DOMContentLoaded", start); } else { start(); }
}());
