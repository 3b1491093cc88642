// Three to five seconds, whoever says so; and a delay that only the server knows is nobody's business.
const POLL_INTERVAL = 5 * 1000;

function importsPage(settings) {
  return {
    pollDelay: 3_000,

    watch(jobId) {
      setInterval(() => this.poll(jobId), this.pollDelay);
      setInterval(() => this.poll(jobId), POLL_INTERVAL);
      setInterval(() => this.poll(jobId), settings.pollDelay || 1000);
    },

    async poll(jobId) {
      const response = await fetch(`/api/v1/admin/marketplace/imports/${jobId}`);
      this.job = await response.json();
    },
  };
}
