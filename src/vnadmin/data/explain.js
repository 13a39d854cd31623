(function () {
  "use strict";
  var root = document.documentElement;
  var all = Array.prototype.slice.call(document.querySelectorAll("[data-p]"));
  var byPointer = {};
  all.forEach(function (node) {
    node.pointers = JSON.parse(node.dataset.p);
    node.pointers.forEach(function (p) { (byPointer[p] = byPointer[p] || []).push(node); });
  });
  var lit = [];
  function light(node) {
    lit.forEach(function (n) { n.classList.remove("on"); });
    lit = node ? (byPointer[node.pointers[0]] || []) : [];
    lit.forEach(function (n) { n.classList.add("on"); });
  }
  function jump(node) {
    var inView = !!node.closest("#view");
    var other = lit.filter(function (n) { return !!n.closest("#view") !== inView; })[0];
    if (other) { other.scrollIntoView({ block: "center", behavior: "smooth" }); }
  }
  all.forEach(function (node) {
    node.addEventListener("mouseenter", function () { light(node); });
    node.addEventListener("mouseleave", function () { light(null); });
    node.addEventListener("focus", function () { light(node); });
    node.addEventListener("click", function () { light(node); jump(node); });
    node.addEventListener("keydown", function (event) { if (event.key === "Enter") { light(node); jump(node); } });
  });
  document.getElementById("language").addEventListener("click", function () {
    var english = root.classList.toggle("lang-en");
    root.classList.toggle("lang-vi", !english);
    root.lang = english ? "en" : "vi";
  });
})();
