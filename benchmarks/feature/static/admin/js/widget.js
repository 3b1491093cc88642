// The page of widgets: it starts BackgroundTasks on the server.
const POLL_INTERVAL = 4 * 1000;

function widgetPage() {
  return {
    jobs: [],
    timer: null,
    clock: "",

    async init() {
      await this.refresh();
      setInterval(() => { this.clock = new Date().toLocaleTimeString(); }, 1000);
    },

    async start(path) {
      const response = await fetch("/api/v1/widget/import", { method: "POST", body: JSON.stringify({ path }) });
      const { job_id } = await response.json();
      this.timer = setInterval(() => this.poll(job_id), POLL_INTERVAL);
    },

    async poll(id) {
      const response = await fetch(`/api/v1/widget/jobs/${id}`);
      const job = await response.json();
      if (job.status === "completed" || job.status === "failed") {
        clearInterval(this.timer);
      }
    },

    async refresh() {
      const response = await fetch("/api/v1/widget/jobs");
      this.jobs = await response.json();
      setInterval(() => this.refresh(), 10000);
    },
  };
}
