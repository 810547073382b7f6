/* mkdocs-postmortem: filters, sorting and the reader's date for lists of outages and tasks.
   Without it every row stands in the page, or, of long lists, on the pages of the years. */
(function () {
  "use strict";
  var STEP = 100; // rows that are shown at once; laying them out is what takes time
  var FEW = 8; // fewer rows are read faster than filtered
  var FIRST = { index: ["service", "severity", "year"], tasks: ["owner", "service", "due"] };
  var STATE = 3, CLOSED = 2; // the column of a task's state, and the first state that is not open
  var lists = [];
  var files = {}; // what was read from the files of long lists, by their addresses

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
  function languageOf(element) {
    var holder = element.closest("[lang]");
    return (holder && holder.lang) || "en";
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

  function List(root, isFirst, data) {
    var self = this;
    var link = root.querySelector(".pm-rest__rows");
    this.root = root;
    this.prefix = isFirst ? "" : root.getAttribute("data-list") + ".";
    this.words = JSON.parse(root.getAttribute("data-words"));
    this.facets = JSON.parse(root.getAttribute("data-facets"));
    this.table = root.querySelector("table");
    this.body = this.table.tBodies[0];
    this.ranks = [];
    this.rows = data ? rowsOfFile(data, link, this.body.rows[0]) : Array.prototype.map.call(this.body.rows, rowOfPage);
    if (data) { link.parentNode.hidden = true; }
    this.kind = root.getAttribute("data-list");
    if (this.kind === "tasks") { this.addDueGroups(); }
    this.codes = this.facets.map(function (facet) { return codesOf(self.rows, facet); });
    this.chosen = {};
    this.query = "";
    this.sorting = null;
    this.limit = STEP;
    this.isUnfolded = false; // whether tasks that are done are shown
    this.boxes = {};
    // The digits of the build, whatever a language's own are.
    this.number = new Intl.NumberFormat(languageOf(root), { numberingSystem: "latn" }).format;
    this.build();
    this.load();
    this.update();
  }

  /* When a task is due, by the reader's date: a facet, and the headings of the list. */
  List.prototype.addDueGroups = function () {
    var words = this.words, now = today(), found = {};
    this.rows.forEach(function (row) {
      var due = row.key(0);
      row.group = Number(row.key(STATE)) >= CLOSED ? "closed" : !due ? "undated" : due < now ? "overdue" :
        due.slice(0, 7) === now.slice(0, 7) ? "month" : "later";
      if (row.group !== "closed") { row.facets.due = [row.group]; found[row.group] = true; }
    });
    this.facets.push({ key: "due", label: words.due, values: Object.keys(words.groups).filter(function (name) {
      return found[name];
    }).map(function (name) { return [name, words.groups[name]]; }) });
  };

  /* Rows that stand in the page. */
  function rowOfPage(element, position) {
    var facets = JSON.parse(element.getAttribute("data-facets") || "{}");
    var keys = Array.prototype.map.call(element.cells, function (cell) {
      var key = cell.getAttribute("data-key");
      return key === null ? cell.textContent.trim() : key;
    });
    var text = folded([element.getAttribute("data-id") || "", element.textContent].concat(
      Object.keys(facets).map(function (name) { return facets[name].join(" "); })).join(" "));
    return {
      facets: facets, text: text, position: position,
      key: function (column) { return keys[column]; },
      element: function () { return element; }
    };
  }

  /* Rows of a file: cells by column, each distinct one once. An element is made when it is shown. */
  function column(coded) {
    var values = coded[0], which = coded[1];
    return which ? function (row) { return values[which[row]]; } : function (row) { return values[row]; };
  }
  function textOf(markup) {
    return markup.replace(/<[^>]*>/g, "").replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
  }
  function foldedColumn(coded) {
    return column([coded[0].map(function (value) { return value === null ? "" : folded(textOf(value)); }), coded[1]]);
  }
  function readFile(data, address) {
    var attributes = Object.keys(data.attributes);
    var facets = Object.keys(data.facets);
    return {
      count: data.count, base: new URL(data.base, address), attributes: attributes, facets: facets,
      attribute: attributes.map(function (name) { return column(data.attributes[name]); }),
      html: data.cells.map(function (cell) { return column(cell[0]); }),
      key: data.cells.map(function (cell) { return column(cell[1]); }),
      texts: data.cells.map(function (cell) { return foldedColumn(cell[0]); }).concat(
        data.attributes["data-id"] ? [foldedColumn(data.attributes["data-id"])] : []),
      values: facets.map(function (name) {
        var values = data.facets[name][0], which = data.facets[name][1];
        return function (row) {
          var own = which[row];
          return own === -1 ? null : typeof own === "number" ? [values[own]] : own.map(function (n) { return values[n]; });
        };
      })
    };
  }
  function rowsOfFile(file, link, pattern) {
    var positions = link.getAttribute("data-positions");
    if (positions) { return positions.split(",").map(function (at, position) { return rowOfFile(file, Number(at), position, pattern); }); }
    return Array.from({ length: file.count }, function (nothing, at) { return rowOfFile(file, at, at, pattern); });
  }
  function rowOfFile(file, at, position, pattern) {
    var facets = {}, element = null;
    var text = file.texts.map(function (texts) { return texts(at); });
    file.facets.forEach(function (name, n) {
      var values = file.values[n](at);
      if (values) { facets[name] = values; text.push(folded(values.join(" "))); }
    });
    return {
      facets: facets, text: text.join(" "), position: position,
      key: function (column) {
        var key = file.key[column](at);
        return key === null ? textOf(file.html[column](at)).trim() : key;
      },
      element: function () {
        element = element || elementOf(file, at, pattern);
        return element;
      }
    };
  }
  function elementOf(file, at, pattern) {
    var element = pattern.cloneNode(true);
    file.attributes.forEach(function (name, n) {
      var value = file.attribute[n](at);
      if (value === null) { element.removeAttribute(name); } else { element.setAttribute(name, value); }
    });
    element.removeAttribute("data-facets");
    Array.prototype.forEach.call(element.cells, function (cell, n) {
      var key = file.key[n](at);
      cell.innerHTML = file.html[n](at); // made by the templates, escaped
      if (key !== null) { cell.setAttribute("data-key", key); }
      cell.querySelectorAll("a[href]").forEach(function (link) {
        link.href = new URL(link.getAttribute("href"), file.base).href;
      });
    });
    return element;
  }

  /* A file is a script that calls this: browsers open scripts from a folder, too. */
  window.mkdocsPostmortemRows = function (data) {
    var address = document.currentScript.src;
    if (data.version === 1 && files[address]) { files[address].found = readFile(data, address); }
  };
  function whenRead(address, done) {
    var file = files[address];
    if (file && file.isOver) { done(file.found); return; }
    if (file) { file.waiting.push(done); return; }
    file = files[address] = { waiting: [done], isOver: false, found: null };
    var script = make("script", { src: address });
    script.onload = script.onerror = function () {
      file.isOver = true;
      file.waiting.forEach(function (tell) { tell(file.found); });
    };
    document.head.appendChild(script);
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
    var first = FIRST[this.kind] || [];
    var isFirst = function (facet) { return first.indexOf(facet.key) >= 0; };
    var build = function (facet) { return self.buildFacet(facet); };
    var others = this.facets.filter(function (facet) { return !isFirst(facet); });
    this.form = make("form", { "class": "pm-filter", role: "search" },
      [label].concat(this.facets.filter(isFirst).map(build), others.length ? this.buildMore(others.map(build)) : [], [this.clear]));
    this.form.hidden = this.rows.length < FEW;
    this.chips = make("ul", { "class": "pm-chips" });
    // A page may have several lists, and each filter says of which it is.
    this.form.setAttribute("aria-label", this.words.filters + ": " + this.table.caption.textContent);
    this.form.addEventListener("submit", function (event) { event.preventDefault(); });
    this.form.addEventListener("keydown", function (event) {
      var open = event.key === "Escape" && event.target.closest("details[open]");
      if (open) { open.open = false; open.querySelector("summary").focus(); event.stopPropagation(); }
    });
    this.more = make("button", { type: "button", "class": "pm-filter__more" });
    this.more.addEventListener("click", function () { self.limit += STEP * 5; self.update(); });
    var controls = this.root.querySelector(".pm-controls");
    if (!controls) { // a theme's own template of before
      controls = make("div", { "class": "pm-controls" });
      this.root.insertBefore(controls, this.table);
    }
    controls.replaceChildren(this.form, this.chips, this.status);
    this.root.appendChild(this.more);
    this.buildHeads();
    this.buildOrder();
  };
  List.prototype.buildMore = function (facets) {
    var holder = make("span", { "class": "pm-filter__others" }, facets);
    var button = make("button", { type: "button", "class": "pm-filter__toggle", "aria-expanded": "false", text: this.words.more_filters });
    button.addEventListener("click", function () {
      holder.hidden = !holder.hidden;
      button.setAttribute("aria-expanded", String(!holder.hidden));
    });
    holder.hidden = true;
    this.others = { holder: holder, button: button };
    return [button, holder];
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
      make("ul", { "aria-label": facet.label }, boxes.map(function (item) { return item.line; }))
    ]);
    details.addEventListener("focusout", function (event) {
      if (event.relatedTarget && !details.contains(event.relatedTarget)) { details.open = false; }
    });
    details.addEventListener("toggle", function () {
      details.classList.remove("pm-facet--end");
      if (!details.open) { return; }
      var place = details.lastChild.getBoundingClientRect();
      details.classList.toggle("pm-facet--end", place.left < 0 || place.right > document.documentElement.clientWidth);
      self.form.querySelectorAll("details[open]").forEach(function (other) {
        if (other !== details) { other.open = false; }
      });
    });
    return details;
  };
  /* Where rows are cards there are no heads to sort by. */
  List.prototype.buildOrder = function () {
    var self = this;
    var choices = [make("option", { value: "", text: this.words.order })];
    this.heads.forEach(function (cell, column) {
      [["", "↑"], ["-", "↓"]].forEach(function (way) {
        choices.push(make("option", { value: way[0] + column, text: cell.textContent + " " + way[1] }));
      });
    });
    this.order = make("select", { "class": "pm-filter__order" }, choices);
    this.order.addEventListener("change", function () {
      self.sorting = readSorting(self.order.value);
      self.changed(false);
    });
    this.form.insertBefore(make("label", { "class": "pm-filter__orders" }, [
      make("span", { text: this.words.order_by }), this.order
    ]), this.clear);
  };
  function readSorting(text) {
    var match = /^(-?)(\d+)$/.exec(text || "");
    return match ? { column: Number(match[2]), down: match[1] === "-" } : null;
  }
  function writeSorting(sorting) { return sorting ? (sorting.down ? "-" : "") + sorting.column : ""; }
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
  List.prototype.markOverdue = function (element) {
    var due = element.getAttribute("data-due");
    var mark = element.querySelector(".pm-due");
    if (due && due < today() && !mark) {
      element.cells[0].append(" ", make("span", { "class": "pm-overdue pm-due", text: this.words.overdue }));
    } else if (due && due >= today() && mark) {
      mark.remove();
    }
  };

  /* How long a task of this page is overdue. */
  function showDaysOverdue() {
    document.querySelectorAll(".pm-overdue[data-forms]").forEach(function (element) {
      var days = Math.round((new Date(today()) - new Date(element.getAttribute("data-due"))) / 864e5);
      var language = languageOf(element), forms = JSON.parse(element.getAttribute("data-forms"));
      var form = forms[new Intl.PluralRules(language).select(days)] || forms.other;
      element.hidden = days <= 0;
      element.textContent = filled(form, { n: new Intl.NumberFormat(language, { numberingSystem: "latn" }).format(days) });
    });
  }

  function countOverdue() {
    document.querySelectorAll("[data-dues]").forEach(function (element) {
      var count = element.getAttribute("data-dues").split(" ").reduce(function (sum, item) {
        var parts = item.split("*");
        return sum + (parts[0] < today() ? Number(parts[1] || 1) : 0);
      }, 0);
      var text = new Intl.NumberFormat(languageOf(element), { numberingSystem: "latn" }).format(count);
      element.textContent = element.textContent.replace(element.getAttribute("data-number"), text);
      element.setAttribute("data-number", text);
      element.classList.toggle("pm-overdue", count > 0);
      if (!element.classList.contains("pm-count")) { element.hidden = count === 0; }
    });
  }

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
    var sorting = readSorting(state.get(this.prefix + "sort"));
    if (sorting && sorting.column < this.heads.length) { this.sorting = sorting; }
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
    if (this.sorting) { state.set(this.prefix + "sort", writeSorting(this.sorting)); }
    writeState(state, replace);
  };
  List.prototype.changed = function (replace) {
    this.limit = STEP;
    this.update();
    this.save(replace);
  };

  /* Which values each row has, as numbers: comparing texts row by row is too slow for many rows. */
  function codesOf(rows, facet) {
    var known = new Map(facet.values.map(function (item, n) { return [item[0], n]; }));
    var ends = new Int32Array(rows.length), values = [];
    rows.forEach(function (row, n) {
      (row.facets[facet.key] || []).forEach(function (value) {
        if (known.has(value)) { values.push(known.get(value)); }
      });
      ends[n] = values.length;
    });
    return { ends: ends, values: Int32Array.from(values), size: facet.values.length };
  }
  function hasOne(codes, row, wanted) {
    for (var n = row ? codes.ends[row - 1] : 0; n < codes.ends[row]; n += 1) {
      if (wanted[codes.values[n]]) { return true; }
    }
    return false;
  }
  function count(codes, row, counts) {
    for (var n = row ? codes.ends[row - 1] : 0; n < codes.ends[row]; n += 1) { counts[codes.values[n]] += 1; }
  }

  /* A value's count says how many rows there would be if it were chosen: all other facets hold. */
  List.prototype.update = function () {
    var self = this;
    var needles = folded(this.query).split(/\s+/).filter(Boolean);
    var codes = this.codes;
    var counts = codes.map(function (own) { return new Int32Array(own.size); });
    var wanted = this.facets.map(function (facet) {
      var chosen = self.chosen[facet.key];
      return chosen && chosen.size ? facet.values.map(function (item) { return chosen.has(item[0]); }) : null;
    });
    var fitting = this.rows.filter(function (row, at) {
      var missed = -1;
      for (var n = 0; n < wanted.length; n += 1) {
        if (wanted[n] && !hasOne(codes[n], at, wanted[n])) {
          if (missed >= 0) { return false; }
          missed = n;
        }
      }
      for (var m = 0; m < needles.length; m += 1) {
        if (row.text.indexOf(needles[m]) < 0) { return false; }
      }
      if (missed >= 0) { count(codes[missed], at, counts[missed]); return false; }
      for (var k = 0; k < codes.length; k += 1) { count(codes[k], at, counts[k]); }
      return true;
    });
    this.sort(fitting);
    this.show(fitting);
    this.showControls(counts);
  };
  /* Comparing texts takes long, so each column is put in order once. Unknown ones come last. */
  List.prototype.rank = function (column) {
    if (this.ranks[column]) { return this.ranks[column]; }
    var isNumber = this.heads[column].getAttribute("data-sort") === "number";
    var collator = new Intl.Collator(languageOf(this.root), { numeric: true });
    var compare = isNumber ? function (a, b) { return a - b; } : collator.compare;
    var keys = this.rows.map(function (row) { return row.key(column); });
    var place = new Map();
    Array.from(new Set(keys)).filter(function (key) { return key !== ""; }).sort(compare)
      .forEach(function (key, at) { place.set(key, at); });
    this.ranks[column] = keys.map(function (key) { return key === "" ? -1 : place.get(key); });
    return this.ranks[column];
  };
  List.prototype.sort = function (rows) {
    if (!this.sorting) { return; }
    var ranks = this.rank(this.sorting.column);
    var sign = this.sorting.down ? -1 : 1;
    rows.sort(function (a, b) {
      var x = ranks[a.position], y = ranks[b.position];
      if (x < 0 || y < 0) { return (x < 0) - (y < 0) || a.position - b.position; }
      return sign * (x - y) || a.position - b.position;
    });
  };
  List.prototype.show = function (rows) {
    var self = this;
    var open = this.unfolded(rows);
    var shown = open.slice(0, this.limit).map(function (row) { return row.element(); });
    shown.forEach(function (element) { self.markOverdue(element); });
    this.body.replaceChildren.apply(this.body, this.withHeadings(shown, open, rows));
    this.table.hidden = rows.length === 0;
    this.more.hidden = open.length <= shown.length;
    this.more.textContent = filled(this.words.more, { count: this.number(Math.min(STEP * 5, open.length - shown.length)) });
    this.status.textContent = rows.length === 0 ? this.words.none :
      this.form.hidden && !this.root.querySelector(".pm-rest") ? "" :
      filled(this.words.shown, { shown: this.number(open.length) }) + (this.more.hidden ? "" :
        " · " + filled(this.words.cut, { shown: this.number(shown.length), total: this.number(open.length) }));
  };
  /* Without those that are done, unless they are all there is or somebody looks for them. */
  List.prototype.unfolded = function (rows) {
    var chosen = this.chosen.task_state;
    if (this.kind !== "tasks" || this.sorting || this.isUnfolded || this.query || (chosen && chosen.size)) { return rows; }
    var open = rows.filter(function (row) { return row.group !== "closed"; });
    return open.length ? open : rows;
  };
  /* Months; years where months have hardly more than one outage. Of tasks, when they are due. */
  List.prototype.grouping = function (rows) {
    if (this.kind === "tasks") { return function (row) { return row.group; }; }
    var months = new Set(rows.map(function (row) { return row.key(0).slice(0, 7); }));
    var length = rows.length >= 2 * months.size ? 7 : 4;
    return function (row) { return row.key(0).slice(0, length); };
  };
  List.prototype.withHeadings = function (shown, open, rows) {
    if ((this.kind !== "tasks" && this.rows.length < FEW) || (this.sorting && (this.sorting.column || this.kind === "tasks"))) { return shown; }
    var self = this, groupOf = this.grouping(rows), counts = {}, result = [], last = null;
    rows.forEach(function (row) { var group = groupOf(row); counts[group] = (counts[group] || 0) + 1; });
    if (this.kind !== "tasks" && Object.keys(counts).length < 2) { return shown; } // the year's own page
    shown.forEach(function (element, at) {
      var group = groupOf(open[at]);
      if (group !== last) { result.push(self.heading(group, counts[group])); last = group; }
      result.push(element);
    });
    if (open.length < rows.length && shown.length === open.length) { result.push(this.heading("closed", counts.closed, true)); }
    return result;
  };
  List.prototype.heading = function (group, count, isFolded) {
    var self = this;
    var text = this.kind === "tasks" ? this.words.groups[group] : group.length < 7 ? group || "–" :
      new Intl.DateTimeFormat(languageOf(this.root), { month: "long", year: "numeric", timeZone: "UTC", numberingSystem: "latn" })
        .format(new Date(group + "-01"));
    var name = make(isFolded ? "button" : "span", isFolded ?
      { type: "button", "class": "pm-heading__name pm-heading__unfold", "aria-expanded": "false" } : { "class": "pm-heading__name" });
    name.textContent = text;
    if (isFolded) { name.addEventListener("click", function () { self.isUnfolded = true; self.update(); }); }
    return make("tr", { "class": "pm-heading pm-heading--" + group }, [
      make("th", { scope: "rowgroup", colspan: String(this.heads.length) }, [
        name, make("span", { "class": "pm-heading__count", text: this.number(count) })
      ])
    ]);
  };
  List.prototype.showChips = function () {
    var self = this, chips = [];
    this.facets.forEach(function (facet) {
      facet.values.forEach(function (item) {
        if (!(self.chosen[facet.key] || new Set()).has(item[0])) { return; }
        var chip = make("button", { type: "button", "class": "pm-chip pm-chip--chosen", text: item[1] });
        chip.setAttribute("aria-label", filled(self.words.remove, { value: item[1] }));
        chip.addEventListener("click", function () {
          self.chosen[facet.key].delete(item[0]);
          self.changed(false);
          (self.chips.querySelector("button") || self.search).focus();
        });
        chips.push(make("li", {}, [chip]));
      });
    });
    this.chips.replaceChildren.apply(this.chips, chips);
  };
  List.prototype.showControls = function (counts) {
    var self = this;
    if (this.search.value !== this.query) { this.search.value = this.query; }
    this.showChips();
    if (this.others && this.others.holder.hidden && this.facets.some(function (facet) {
      return (self.chosen[facet.key] || new Set()).size && self.others.holder.contains(self.boxes[facet.key].chosen);
    })) { this.others.button.click(); }
    this.facets.forEach(function (facet, at) {
      var chosen = self.chosen[facet.key] || new Set();
      var control = self.boxes[facet.key];
      control.chosen.textContent = chosen.size ? self.number(chosen.size) : "";
      control.boxes.forEach(function (item, n) {
        var count = counts[at][n];
        item.box.checked = chosen.has(item.value);
        item.count.textContent = self.number(count);
        item.line.classList.toggle("pm-facet__none", count === 0 && !item.box.checked);
      });
    });
    this.clear.hidden = !this.query && !this.sorting && !Object.keys(this.chosen).some(function (key) {
      return self.chosen[key].size;
    });
    this.order.value = writeSorting(this.sorting);
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
    countOverdue();
    showDaysOverdue();
    lists = lists.filter(function (list) { return list.root.isConnected; });
    document.querySelectorAll(".pm-list[data-facets]").forEach(function (root, position) {
      if (root.hasAttribute("data-begun")) { return; }
      root.setAttribute("data-begun", "");
      if (!root.querySelector("table tbody tr")) { return; }
      var link = root.querySelector(".pm-rest__rows");
      if (!link) { lists.push(new List(root, position === 0)); return; }
      whenRead(link.href, function (file) {
        if (root.isConnected) { lists.push(new List(root, position === 0, file)); }
      });
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
