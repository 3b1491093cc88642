// Starts BackgroundTasks on the server; an import that still runs is shown when the page is opened again.
function importsPage() {
  return {
    activeTask: null,

    async init() {
      const response = await fetch("/api/v1/admin/marketplace/imports?status=running");
      [this.activeTask = null] = await response.json();
    },

    async start(url) {
      const response = await fetch("/api/v1/admin/marketplace/import", { method: "POST", body: url });
      this.activeTask = await response.json();
    },
  };
}
