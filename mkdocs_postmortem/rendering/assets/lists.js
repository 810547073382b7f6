/* mkdocs-postmortem: filters, sorting and the reader's date for lists of outages and tasks.
   Without it every row stands in the page. */
(function () {
  "use strict";
  var STEP = 100; // rows that are shown at once; laying them out is what takes time
  var lists = [];

  function make(tag, attributes, children) {
    var element = document.createElement(tag);
    Object.keys(attributes || {}).forEach(function (name) {
      if (name === "text") { element.textContent = attributes[name]; }
      else { element.setAttribute(name, attributes[name]); }
    });
    (children || []).forEach(function (child) { element.appendChild(child); });
    return element;
  }
  function filled(text, values) {
    return text.replace(/\{(\w+)\}/g, function (all, name) { return name in values ? values[name] : all; });
  }
  function folded(text) { return text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase(); }
  function today() {
    var now = new Date();
    return [now.getFullYear(), ("0" + (now.getMonth() + 1)).slice(-2), ("0" + now.getDate()).slice(-2)].join("-");
  }

  /* The state stands in the query (not as `q`: that is the theme's own search). */
  function readState() { return new URLSearchParams(window.location.search); }
  function writeState(parameters, replace) {
    var query = parameters.toString();
    var address = window.location.pathname + (query ? "?" + query : "") + window.location.hash;
    window.history[replace ? "replaceState" : "pushState"](window.history.state, "", address);
  }

  function List(root, isFirst) {
    this.root = root;
    this.prefix = isFirst ? "" : root.getAttribute("data-list") + ".";
    this.words = JSON.parse(root.getAttribute("data-words"));
    this.facets = JSON.parse(root.getAttribute("data-facets"));
    this.table = root.querySelector("table");
    this.body = this.table.tBodies[0];
    this.rows = Array.prototype.map.call(this.body.rows, readRow);
    this.chosen = {};
    this.query = "";
    this.sorting = null;
    this.limit = STEP;
    this.boxes = {};
    this.build();
    this.markOverdue();
    this.load();
    this.update();
  }
  function readRow(element, position) {
    var facets = JSON.parse(element.getAttribute("data-facets") || "{}");
    var keys = Array.prototype.map.call(element.cells, function (cell) {
      var key = cell.getAttribute("data-key");
      return key === null ? cell.textContent.trim() : key;
    });
    var text = folded([element.getAttribute("data-id") || "", element.textContent].concat(
      Object.keys(facets).map(function (name) { return facets[name].join(" "); })).join(" "));
    return { element: element, facets: facets, keys: keys, text: text, position: position };
  }

  List.prototype.build = function () {
    var self = this;
    this.search = make("input", { type: "search", "class": "pm-filter__search", autocomplete: "off", placeholder: this.words.search });
    this.search.addEventListener("input", function () { self.query = self.search.value; self.changed(true); });
    this.clear = make("button", { type: "button", "class": "pm-filter__clear", text: this.words.clear });
    this.clear.addEventListener("click", function () { self.reset(); self.changed(false); self.search.focus(); });
    this.status = make("p", { "class": "pm-filter__status", role: "status" });
    var label = make("label", { "class": "pm-filter__label" }, [
      make("span", { "class": "pm-filter__name", text: this.words.search }), this.search
    ]);
    var parts = [label].concat(this.facets.map(function (facet) { return self.buildFacet(facet); }), [this.clear]);
    this.form = make("form", { "class": "pm-filter", role: "search", "aria-label": this.words.filters }, parts);
    this.form.addEventListener("submit", function (event) { event.preventDefault(); });
    this.form.addEventListener("keydown", function (event) {
      var open = event.key === "Escape" && event.target.closest("details[open]");
      if (open) { open.open = false; open.querySelector("summary").focus(); event.stopPropagation(); }
    });
    this.more = make("button", { type: "button", "class": "pm-filter__more" });
    this.more.addEventListener("click", function () { self.limit += STEP * 5; self.update(); });
    this.root.insertBefore(this.form, this.table);
    this.root.insertBefore(this.status, this.table);
    this.root.appendChild(this.more);
    this.buildHeads();
  };
  List.prototype.buildFacet = function (facet) {
    var self = this;
    var boxes = facet.values.map(function (item) {
      var box = make("input", { type: "checkbox", value: item[0] });
      var count = make("span", { "class": "pm-facet__count" });
      box.addEventListener("change", function () {
        var chosen = self.chosen[facet.key] || (self.chosen[facet.key] = new Set());
        if (box.checked) { chosen.add(item[0]); } else { chosen.delete(item[0]); }
        self.changed(false);
      });
      return { value: item[0], box: box, count: count, line: make("li", {}, [
        make("label", {}, [box, make("span", { "class": "pm-facet__value", text: item[1] }), count])
      ]) };
    });
    var chosen = make("span", { "class": "pm-facet__chosen" });
    this.boxes[facet.key] = { boxes: boxes, chosen: chosen };
    var details = make("details", { "class": "pm-facet" }, [
      make("summary", {}, [make("span", { text: facet.label }), chosen]),
      make("ul", { role: "group", "aria-label": facet.label }, boxes.map(function (item) { return item.line; }))
    ]);
    details.addEventListener("toggle", function () {
      if (!details.open) { return; }
      self.form.querySelectorAll("details[open]").forEach(function (other) {
        if (other !== details) { other.open = false; }
      });
    });
    return details;
  };
  List.prototype.buildHeads = function () {
    var self = this;
    this.heads = Array.prototype.map.call(this.table.tHead.rows[0].cells, function (cell, column) {
      var button = make("button", { type: "button", "class": "pm-sort", text: cell.textContent });
      button.title = filled(self.words.sort_by, { column: cell.textContent });
      button.addEventListener("click", function () {
        var same = self.sorting && self.sorting.column === column;
        if (same && self.sorting.down) { self.sorting = null; }
        else { self.sorting = { column: column, down: Boolean(same) }; }
        self.changed(false);
      });
      cell.textContent = "";
      cell.appendChild(button);
      return cell;
    });
  };

  /* A task is overdue by the reader's date, not by that of the build. */
  List.prototype.markOverdue = function () {
    var now = today();
    var word = this.words.overdue;
    this.rows.forEach(function (row) {
      var due = row.element.getAttribute("data-due");
      var mark = row.element.querySelector(".pm-due");
      if (due && due < now && !mark) {
        row.element.cells[0].append(" ", make("span", { "class": "pm-overdue pm-due", text: word }));
      } else if (due && due >= now && mark) {
        mark.remove();
      }
    });
  };

  List.prototype.reset = function () {
    this.chosen = {};
    this.query = "";
    this.sorting = null;
  };
  List.prototype.load = function () {
    var state = readState();
    var self = this;
    this.reset();
    this.query = state.get(this.prefix + "text") || "";
    this.facets.forEach(function (facet) {
      var values = state.getAll(self.prefix + facet.key);
      if (values.length) { self.chosen[facet.key] = new Set(values); }
    });
    var sorting = /^(-?)(\d+)$/.exec(state.get(this.prefix + "sort") || "");
    if (sorting && Number(sorting[2]) < this.heads.length) {
      this.sorting = { column: Number(sorting[2]), down: sorting[1] === "-" };
    }
  };
  List.prototype.save = function (replace) {
    var state = readState();
    var self = this;
    state.delete(this.prefix + "text");
    state.delete(this.prefix + "sort");
    if (this.query) { state.set(this.prefix + "text", this.query); }
    this.facets.forEach(function (facet) {
      state.delete(self.prefix + facet.key);
      (self.chosen[facet.key] || []).forEach(function (value) { state.append(self.prefix + facet.key, value); });
    });
    if (this.sorting) { state.set(this.prefix + "sort", (this.sorting.down ? "-" : "") + this.sorting.column); }
    writeState(state, replace);
  };
  List.prototype.changed = function (replace) {
    this.limit = STEP;
    this.update();
    this.save(replace);
  };

  /* A value's count says how many rows there would be if it were chosen: all other facets hold. */
  List.prototype.update = function () {
    var self = this;
    var needles = folded(this.query).split(/\s+/).filter(Boolean);
    var wanted = this.facets.filter(function (facet) { return (self.chosen[facet.key] || new Set()).size; });
    var counts = {};
    this.facets.forEach(function (facet) { counts[facet.key] = new Map(); });
    var fitting = this.rows.filter(function (row) {
      if (!needles.every(function (needle) { return row.text.indexOf(needle) >= 0; })) { return false; }
      var missed = wanted.filter(function (facet) {
        return !(row.facets[facet.key] || []).some(function (value) { return self.chosen[facet.key].has(value); });
      });
      var counted = missed.length === 0 ? self.facets : missed.length === 1 ? missed : [];
      counted.forEach(function (facet) {
        var map = counts[facet.key];
        (row.facets[facet.key] || []).forEach(function (value) { map.set(value, (map.get(value) || 0) + 1); });
      });
      return missed.length === 0;
    });
    this.sort(fitting);
    this.show(fitting);
    this.showControls(counts);
  };
  List.prototype.sort = function (rows) {
    var sorting = this.sorting;
    if (!sorting) { return; }
    var isNumber = this.heads[sorting.column].getAttribute("data-sort") === "number";
    var compare = isNumber ? function (a, b) { return a - b; } :
      new Intl.Collator(document.documentElement.lang || "en", { numeric: true }).compare;
    var sign = sorting.down ? -1 : 1;
    rows.sort(function (a, b) {
      var x = a.keys[sorting.column], y = b.keys[sorting.column];
      if (x === "" || y === "") { return (x === "") - (y === "") || a.position - b.position; } // unknown last
      return sign * compare(x, y) || a.position - b.position;
    });
  };
  List.prototype.show = function (rows) {
    var shown = rows.slice(0, this.limit).map(function (row) { return row.element; });
    this.body.replaceChildren.apply(this.body, shown);
    this.table.hidden = rows.length === 0;
    this.more.hidden = rows.length <= shown.length;
    this.more.textContent = filled(this.words.more, { count: Math.min(STEP * 5, rows.length - shown.length) });
    this.status.textContent = filled(this.words.shown, {
      shown: rows.length, total: this.rows.length, noun: this.words.noun
    }) + (rows.length ? "" : ". " + this.words.none_shown);
  };
  List.prototype.showControls = function (counts) {
    var self = this;
    if (this.search.value !== this.query) { this.search.value = this.query; }
    this.facets.forEach(function (facet) {
      var chosen = self.chosen[facet.key] || new Set();
      var control = self.boxes[facet.key];
      control.chosen.textContent = chosen.size ? String(chosen.size) : "";
      control.boxes.forEach(function (item) {
        var count = counts[facet.key].get(item.value) || 0;
        item.box.checked = chosen.has(item.value);
        item.count.textContent = String(count);
        item.line.classList.toggle("pm-facet__none", count === 0 && !item.box.checked);
      });
    });
    this.clear.hidden = !this.query && !this.sorting && !Object.keys(this.chosen).some(function (key) {
      return self.chosen[key].size;
    });
    this.heads.forEach(function (cell, column) {
      var own = self.sorting && self.sorting.column === column;
      if (own) { cell.setAttribute("aria-sort", self.sorting.down ? "descending" : "ascending"); }
      else { cell.removeAttribute("aria-sort"); }
    });
  };
  List.prototype.showAll = function () {
    var limit = this.limit;
    this.limit = Infinity;
    this.update();
    this.limit = limit;
  };

  function start() {
    lists = lists.filter(function (list) { return list.root.isConnected; });
    document.querySelectorAll(".pm-list[data-facets]").forEach(function (root, position) {
      var known = lists.some(function (list) { return list.root === root; });
      if (!known && root.querySelector("table tbody tr:nth-child(2)")) { lists.push(new List(root, position === 0)); }
    });
  }
  function reload() { lists.forEach(function (list) { if (list.root.isConnected) { list.load(); list.update(); } }); }

  window.addEventListener("popstate", reload);
  window.addEventListener("beforeprint", function () { lists.forEach(function (list) { list.showAll(); }); });
  window.addEventListener("afterprint", function () { lists.forEach(function (list) { list.update(); }); });
  document.addEventListener("click", function (event) {
    document.querySelectorAll(".pm-facet[open]").forEach(function (details) {
      if (!details.contains(event.target)) { details.open = false; }
    });
  });
  // Material's instant navigation tells of each new page; on pages opened as files it tells nothing.
  if (window.document$ && window.document$.subscribe) { window.document$.subscribe(start); }
  if (document.readyState === "loading") { document.addEventListener("DOMContentLoaded", start); } else { start(); }
}());
