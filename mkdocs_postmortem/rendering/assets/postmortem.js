/* mkdocs-postmortem: the zone switch above timelines. Without it, times stand in the page's zone. */
(function () {
  "use strict";
  var KEY = "pm-zone";
  var words = {};

  function load() {
    try { return localStorage.getItem(KEY) || "page"; } catch (error) { return "page"; }
  }
  function save(value) {
    try { localStorage.setItem(KEY, value); } catch (error) { /* private mode: not remembered */ }
  }
  function two(number) { return (number < 10 ? "0" : "") + number; }
  function clockOf(moment, choice, seconds) {
    var utc = choice === "utc";
    var text = two(utc ? moment.getUTCHours() : moment.getHours()) + ":" +
      two(utc ? moment.getUTCMinutes() : moment.getMinutes());
    return seconds ? text + ":" + two(utc ? moment.getUTCSeconds() : moment.getSeconds()) : text;
  }
  function dayOf(moment, choice) {
    return new Intl.DateTimeFormat(words.language, {
      numberingSystem: "latn", weekday: "short", year: "numeric", month: "short", day: "numeric",
      timeZone: choice === "utc" ? "UTC" : undefined
    }).format(moment);
  }
  function show(element, choice) {
    if (!element.hasAttribute("data-page")) {
      element.setAttribute("data-page", element.textContent);
    }
    var page = element.getAttribute("data-page");
    if (choice === "page") {
      element.textContent = page;
      element.removeAttribute("title");
      return;
    }
    var moment = new Date(element.getAttribute("datetime"));
    element.textContent = clockOf(moment, choice, page.length > 5);
    element.title = dayOf(moment, choice);
  }
  // In another zone the outage may begin on another day, and days break between other entries.
  function showDays(choice) {
    document.querySelectorAll(".pm-span").forEach(function (span) {
      var before = "";
      span.querySelectorAll(".pm-day[data-at]").forEach(function (element) {
        if (!element.hasAttribute("data-page")) { element.setAttribute("data-page", element.textContent); }
        var day = dayOf(new Date(element.getAttribute("data-at")), choice);
        element.textContent = choice === "page" ? element.getAttribute("data-page") : day === before ? "" : day;
        before = day;
      });
    });
    document.querySelectorAll(".pm-entry__day--zone").forEach(function (element) { element.remove(); });
    document.querySelectorAll(".pm-entry__day, .pm-entry__zone").forEach(function (element) {
      element.hidden = choice !== "page";
    });
    if (choice === "page") { return; }
    var last = "";
    document.querySelectorAll(".pm-entry__head").forEach(function (head) {
      var time = head.querySelector("time.pm-time[datetime]");
      if (!time) { return; }
      var day = dayOf(new Date(time.getAttribute("datetime")), choice);
      if (day !== last) {
        var element = document.createElement("span");
        element.className = "pm-entry__day pm-entry__day--zone";
        element.textContent = day;
        head.insertBefore(element, head.firstChild);
      }
      last = day;
    });
  }
  function apply(choice) {
    document.querySelectorAll("time.pm-time[datetime]").forEach(function (element) { show(element, choice); });
    showDays(choice);
    document.querySelectorAll(".pm-zone").forEach(function (element) {
      if (!element.hasAttribute("data-page")) { element.setAttribute("data-page", element.textContent); }
      element.textContent = choice === "page" ? element.getAttribute("data-page") :
        choice === "utc" ? "UTC" : Intl.DateTimeFormat().resolvedOptions().timeZone;
    });
    document.querySelectorAll(".pm-zones__button").forEach(function (button) {
      button.setAttribute("aria-pressed", String(button.value === choice));
    });
  }
  function build(timeline) {
    var group = document.createElement("div");
    group.className = "pm-zones";
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", words.zone_choice);
    [["page", words.zone_page], ["utc", "UTC"], ["mine", words.zone_mine]].forEach(function (choice) {
      var button = document.createElement("button");
      button.type = "button";
      button.className = "pm-zones__button";
      button.value = choice[0];
      button.textContent = choice[1];
      button.addEventListener("click", function () { save(choice[0]); apply(choice[0]); });
      group.appendChild(button);
    });
    timeline.parentNode.insertBefore(group, timeline);
  }
  function start() {
    var timeline = document.querySelector("ol.pm-timeline");
    if (!timeline || document.querySelector(".pm-zones") || !timeline.querySelector("time.pm-time[datetime]")) { return; }
    var holder = timeline.closest("[lang]");
    words = JSON.parse(timeline.getAttribute("data-words"));
    words.language = (holder && holder.lang) || "en";
    build(timeline);
    apply(load());
  }
  // Material's instant navigation tells of each new page; on pages opened as files it tells nothing.
  if (window.document$ && window.document$.subscribe) { window.document$.subscribe(start); }
  if (document.readyState === "loading") { document.addEventListener("DOMContentLoaded", start); } else { start(); }
}());
