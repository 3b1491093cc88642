// The imports page. POST .../import starts BackgroundTasks on the server.  // expect: BG040
function importsPage() {
  return {
    jobs: [],
    feedUrl: "",
    timer: null,

    async startImport() {
      const url = "/api/v1/admin/marketplace/import";
      const body = JSON.stringify({ feed_url: this.feedUrl });
      await fetch(url, { method: "POST", headers: { "Content-Type": "application/json" }, body });
      this.timer = setInterval(() => this.refresh(), 1000); // expect: BG041
    },

    async refresh() {
      const response = await fetch("/api/v1/admin/marketplace/imports");
      this.jobs = await response.json();
    },
  };
}
