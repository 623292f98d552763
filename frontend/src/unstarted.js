// Says that the page did not start, and in which browsers it does. A classic script in the oldest words, as a browser
// without modules has to run it; it stands behind the page's own script, so it runs when that has run or failed.
(function () {
  var app = document.getElementById("app");
  var note = document.getElementById("unstarted");
  if (app && note && !app.firstChild) note.removeAttribute("hidden");
})();
