import { startScan } from "./api.js"; // a POST that adds to the server's BackgroundTasks // expect: BG040

export class ScansPage {
  #timer = null;

  init() {
    document.querySelector("#scan").addEventListener("click", () => startScan());
  }

  inactiveTask() {
    return "this is another word";
  }
}
