// A page that triggers nothing has nothing to show.
document.querySelector("#save").addEventListener("click", () => document.forms[0].submit());
