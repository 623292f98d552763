/** A code that came along behind the #, which no browser sends, goes into the form and out of the address bar. */
const field = document.querySelector<HTMLInputElement>("#receipt input[name=code]");
const code = decodeURIComponent(location.hash.slice(1));
if (field && /^[0-9A-Za-z-]{16,24}$/.test(code)) {
  field.value = code;
  history.replaceState(null, "", location.pathname);
}
