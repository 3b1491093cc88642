// Starts BackgroundTasks on the server, and knows nothing of them after a reload.  // expect: BG040
function importsPage() {
  return {
    message: "",

    async start(url) {
      // TODO: init() should look for an activeTask; this comment does not
      const response = await fetch("/api/v1/admin/marketplace/import", { method: "POST", body: url });
      const { job_id: jobId } = await response.json();
      this.message = `Import ${jobId} has started`;
    },
  };
}
