// Delays with a name: a constant, a property, a field, a product, an arm of a choice.
const SECOND = 1000;
const POLLING = Object.freeze({ fast: 2 * SECOND, slow: 5 * SECOND });

export class ScansPage {
  delay = POLLING.fast;

  start(isUrgent) {
    setInterval(() => this.poll(), this.delay); // expect: BG041
    setInterval(() => this.poll(), POLLING.slow);
    setInterval(() => this.poll(), isUrgent ? 1e3 : 5e3); // expect: BG041
  }

  async poll() {
    this.scans = await (await fetch("/api/v1/admin/scans")).json();
  }
}
