// The test runs page. POST .../run starts BackgroundTasks on the server; the page finds its run again on return.
const POLL_INTERVAL = 5000;
const API = "/api/v1/admin/tests";

function testRunsPage() {
  return {
    activeTask: null,
    timer: null,

    async init() {
      const runId = localStorage.getItem("testRun");
      if (runId) {
        await this.watch(runId);
      }
    },

    async start(suite) {
      const response = await fetch(`${API}/run?suite=${suite}`, { method: "POST" });
      const { run_id: runId } = await response.json();
      localStorage.setItem("testRun", runId);
      await this.watch(runId);
    },

    async watch(runId) {
      await this.poll(runId);
      if (this.isActive()) {
        this.timer = setInterval(() => this.poll(runId), POLL_INTERVAL);
      }
    },

    async poll(runId) {
      const response = await fetch(`${API}/runs/${runId}`);
      this.activeTask = await response.json();
      if (!this.isActive()) {
        clearInterval(this.timer);
        localStorage.removeItem("testRun");
      }
    },

    isActive() {
      return ["pending", "running"].includes(this.activeTask.status);
    },
  };
}
