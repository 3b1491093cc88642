// A class, with longer names that go on at a word boundary: they start BackgroundTasks, too.
import { startScan, loadScans } from "./api.js";

export class ScansPage {
  _activeTasks = [];

  async initPage() {
    this._activeTasks = await loadScans("running");
    document.querySelector("#scan").addEventListener("click", () => startScan());
  }
}
